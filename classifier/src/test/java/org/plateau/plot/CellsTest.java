package org.plateau.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.results.Columns;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;

/** What the uppermost level looks like where one pattern or two are there. */
class CellsTest {
    private static final Rectangle2D BOX = new Rectangle2D.Double(0, 0, 100, 60);

    @TempDir Path folder;
    private Results results;

    @BeforeEach
    void write() {
        SyntheticResults.write(folder.resolve("results.nc"), 20, 3);
        results = ResultsReader.read(folder.resolve("results.nc"));
    }

    @Test
    void onePatternFillsItsCells() {
        put("banded", 1, 1, "asymmetric", 0.4f, 0.4f);
        Recorded canvas = paint();
        assertEquals(List.of(shade("banded", 1)), canvas.colours);
        assertEquals(List.of(), canvas.stripes);
    }

    @Test
    void twoPatternsThatAreThereTogetherAreStripedWhicheverIsStronger() {
        put("banded", 1, 0.95f, "asymmetric", 0.95f, 1);
        Recorded canvas = paint();
        assertEquals(List.of(shade("asymmetric", 0.95), shade("asymmetric", 1)), canvas.colours);
        assertEquals(List.of(shade("banded", 1), shade("banded", 0.95)), canvas.stripes);
    }

    /** One regime's probability in the first half of the run and in the second, and another's. */
    private void put(
            String one, float early, float late, String other, float otherEarly, float otherLate) {
        for (int t = 0; t < results.outputs(); t++) {
            boolean first = t < results.outputs() / 2;
            float[] probability = results.probability()[t][0];
            Arrays.fill(probability, 0);
            probability[results.regimes().indexOf(one)] = first ? early : late;
            probability[results.regimes().indexOf(other)] = first ? otherEarly : otherLate;
            results.nothing()[t][0] = 0;
            results.gap()[t][0] = 0;
        }
    }

    private static Color shade(String regime, double probability) {
        return Palette.SAFE.shade(regime, probability);
    }

    private Recorded paint() {
        Columns columns = Columns.of(results, results.outputs() - 1, 700);
        LevelRows rows = new LevelRows(results.pressure());
        Scale x =
                Scale.linear(
                        columns.start()[0],
                        columns.end()[columns.count() - 1],
                        BOX.getX(),
                        BOX.getMaxX());
        Scale y = Scale.logarithmic(rows.top(), rows.bottom(), BOX.getY(), BOX.getMaxY());
        Recorded canvas = new Recorded(y.at(rows.lower(0)));
        new Cells(results, columns, RegimeGroup.PATTERN, Palette.SAFE)
                .paint(canvas, Medium.print(170), BOX, x, y, rows);
        assertTrue(canvas.area >= 0.99 * BOX.getWidth() * canvas.end, "the level is covered");
        return canvas;
    }

    /** Keeps, from the left, what is filled above {@code end} and the stripes over it. */
    private static final class Recorded implements Canvas {
        private final double end;
        private final List<Color> colours = new ArrayList<>();
        private final List<Color> stripes = new ArrayList<>();
        private Rectangle2D clip = BOX;
        private double area;

        Recorded(double end) {
            this.end = end;
        }

        @Override
        public void fill(Shape shape, Color colour) {
            Rectangle2D where = shape.getBounds2D();
            if (where.getCenterY() < end) {
                colours.add(colour);
                area += where.getWidth() * where.getHeight();
            }
        }

        @Override
        public void stroke(Shape shape, Color colour, double width, double... dash) {
            if (clip.getMinY() < end - 1 && !colour.equals(Medium.INK)) {
                stripes.add(colour);
            }
        }

        @Override
        public void text(String text, double x, double y, TextStyle style) {}

        @Override
        public void image(BufferedImage image, Rectangle2D where) {}

        @Override
        public void clip(Shape shape) {
            clip = shape.getBounds2D();
        }

        @Override
        public void unclip() {}
    }
}
