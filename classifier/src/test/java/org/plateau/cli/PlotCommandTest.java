package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.results.SyntheticResults;
import picocli.CommandLine;

class PlotCommandTest {
    private static final List<String> FIGURES =
            List.of("categorisation-map", "maps", "equilibration");
    private static final List<String> FORMATS = List.of("png", "svg", "pdf");

    @TempDir private Path folder;
    private Path run;

    @BeforeEach
    void aRun() throws IOException {
        run = Files.createDirectory(folder.resolve("run"));
        SyntheticResults.write(run.resolve("results.nc"), 60, 5);
    }

    private String plot(int code, String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = Plateau.commandLine();
        line.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        String[] all =
                Stream.concat(Stream.of("plot", run.toString()), Stream.of(arguments))
                        .toArray(String[]::new);
        assertEquals(code, line.execute(all), text::toString);
        return text.toString();
    }

    @Test
    void everyFigureComesInEveryFormatForPaperAndScreenAndTheSameBytesAgain() throws IOException {
        for (String medium : List.of("--print", "--screen")) {
            Path once = folder.resolve("once" + medium);
            Path again = folder.resolve("again" + medium);
            plot(0, medium, "-f", "png,svg,pdf", "-o", once.toString());
            plot(0, medium, "-f", "png,svg,pdf", "-o", again.toString());
            for (String figure : FIGURES) {
                for (String format : FORMATS) {
                    String name = figure + "." + format;
                    assertTrue(Files.size(once.resolve(name)) > 1000, name);
                    assertEquals(-1, Files.mismatch(once.resolve(name), again.resolve(name)), name);
                }
            }
        }
    }

    @Test
    void aRunThatGoesOnIsDrawnAsFarAsItIsAndAgainUpToAnEarlierTime() throws IOException {
        Path early = folder.resolve("early");
        plot(0, "-k", "categories", "-o", early.toString());
        SyntheticResults.write(run.resolve("results.nc"), 90, 5); // it has gone on
        Path late = folder.resolve("late");
        plot(0, "-k", "categories", "-o", late.toString());
        String name = "categorisation-map.png";
        assertTrue(Files.mismatch(early.resolve(name), late.resolve(name)) >= 0, "the same");
        Path back = folder.resolve("back");
        plot(0, "-k", "categories", "--time", "120", "-o", back.toString());
        assertTrue(Files.mismatch(late.resolve(name), back.resolve(name)) >= 0, "the same");
    }

    @Test
    void aLevelThatIsNoPressureIsNamed() {
        String said = plot(2, "--levels", "deep");
        assertTrue(said.contains("deep"), said);
    }
}
