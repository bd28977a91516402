package org.plateau.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plateau.plot.FigureFile.Format;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;

class FigureFileTest {
    private static final PlotStyle STYLE = new PlotStyle(Palette.SAFE, PressureUnit.BAR);

    @TempDir static Path folder;
    private static Results results;

    @BeforeAll
    static void write() {
        Path file = folder.resolve("results.nc");
        SyntheticResults.write(file, 120, 12);
        results = ResultsReader.read(file);
    }

    static List<Figure> figures() {
        return List.of(
                new CategorisationMap(results, results.outputs() - 1, STYLE),
                new MapPanels(results, List.of(1, 4, 7, 10), STYLE),
                new SeriesPanels(
                        results, List.of(1, 7), List.of(0, 1), results.outputs() - 1, STYLE),
                reliability());
    }

    private static Figure reliability() {
        return new ReliabilityDiagram(
                List.of(
                        new ReliabilityDiagram.Curve(
                                "runs",
                                List.of(
                                        new ReliabilityDiagram.Bin(900, 0.02, 0.01),
                                        new ReliabilityDiagram.Bin(0, 0, 0),
                                        new ReliabilityDiagram.Bin(40, 0.7, 0.6)))));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void theSameResultsGiveTheSameBytes(Format format) {
        for (int k = 0; k < figures().size(); k++) {
            byte[] once = FigureFile.bytes(figures().get(k), Medium.print(170), format);
            byte[] again = FigureFile.bytes(figures().get(k), Medium.print(170), format);
            assertArrayEquals(once, again);
        }
    }

    @Test
    void aPngHasItsPrintedWidth() throws IOException {
        for (Figure figure : figures()) {
            byte[] png = FigureFile.bytes(figure, Medium.print(85), Format.PNG);
            assertEquals(
                    Math.ceil(85 / 25.4 * 300),
                    ImageIO.read(new ByteArrayInputStream(png)).getWidth(),
                    1);
        }
    }

    @Test
    void anSvgIsWellFormedAndKeepsItsTextAsText() throws Exception {
        byte[] svg = FigureFile.bytes(figures().get(0), Medium.print(170), Format.SVG);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg));
        String text = new String(svg, StandardCharsets.UTF_8);
        assertTrue(text.contains(">butterfly</text>"));
        assertTrue(text.contains("nothing recognised"));
    }

    @Test
    void aPdfsCrossReferencesPointAtItsObjects() {
        byte[] bytes = FigureFile.bytes(figures().get(1), Medium.print(170), Format.PDF);
        String pdf = new String(bytes, StandardCharsets.ISO_8859_1);
        int start = Integer.parseInt(pdf.replaceAll("(?s).*startxref\n(\\d+)\n%%EOF\n", "$1"));
        String[] lines = pdf.substring(start).split("\n");
        int objects = Integer.parseInt(lines[1].split(" ")[1]);
        for (int k = 1; k < objects; k++) {
            int offset = Integer.parseInt(lines[2 + k].substring(0, 10));
            assertTrue(pdf.startsWith(k + " 0 obj\n", offset), "object " + k);
        }
    }
}
