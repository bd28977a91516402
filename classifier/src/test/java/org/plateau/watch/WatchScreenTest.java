package org.plateau.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plateau.plot.Palette;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

class WatchScreenTest {
    private static final String WHY = "all that was asked for was steady at 3 outputs in a row";
    private static final String STATUS =
            "{\"run\":\"demo\",\"state\":\"running\",\"modelTime\":{\"value\":200.0,\"units\":"
                    + "\"days since 2000-01-01\"},\"outputs\":100,\"account\":{\"written\":900,"
                    + "\"used\":890,\"dropped\":10},\"hook\":{\"costP50us\":3.1,\"costP99us\":9,"
                    + "\"costMaxus\":80},\"stop\":{\"decided\":true,\"because\":\""
                    + WHY
                    + "\"}}";

    @TempDir Path folder;

    private Results results(int outputs, int levels) {
        Path file = folder.resolve("results.nc");
        SyntheticResults.write(file, outputs, levels);
        return ResultsReader.read(file);
    }

    private static String visible(String line) {
        return line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 80})
    void everyScreenFitsEightyByTwentyFour(int levels) throws Exception {
        List<String> lines =
                new WatchScreen(80, 24, Palette.SAFE, true)
                        .lines(results(100, levels), new ObjectMapper().readTree(STATUS));
        assertTrue(lines.size() <= 24, () -> lines.size() + " lines");
        for (String line : lines) {
            assertTrue(visible(line).length() <= 80, () -> visible(line));
        }
    }

    @Test
    void theMapTellsRegimesGapsAndNothingApartWithoutColour() throws Exception {
        List<String> lines =
                new WatchScreen(80, 24, Palette.SAFE, false)
                        .lines(results(180, 12), new ObjectMapper().readTree(STATUS));
        String all = String.join("\n", lines);
        assertTrue(all.contains("LLLL"), all);
        assertTrue(all.contains("FFF"), all);
        assertTrue(all.contains("?"), all);
        assertTrue(all.contains("#"), all);
        assertTrue(all.contains("equilibrated") && all.contains("drifting"), all);
        assertTrue(all.contains("stop decided\n  because " + WHY + "\n"), all);
        assertTrue(all.contains("written 900 = used 890 + dropped 10"), all);
    }

    @Test
    void itSaysWhenTheRunWouldStopAndHowFullTheWaysAreAndStillFits() throws Exception {
        Results results = results(100, 80);
        SyntheticStatus.write(folder.resolve("status.json"), results);
        List<String> lines =
                new WatchScreen(80, 24, Palette.SAFE, false)
                        .lines(
                                results,
                                new ObjectMapper()
                                        .readTree(folder.resolve("status.json").toFile()));
        String all = String.join("\n", lines);
        assertTrue(all.contains("would stop in about 120 more outputs"), all);
        assertTrue(all.contains("12.5 records/s, lag 1.5 s, rings at most 90 % full"), all);
        assertTrue(all.contains("queue 6.3 %, heap 15 %"), all);
        assertTrue(lines.size() <= 24 && lines.stream().allMatch(l -> l.length() <= 80), all);
    }

    @Test
    void aStopThatAVetoHoldsBackIsNotSaidToCome() throws Exception {
        String vetoed = STATUS.replace("\"decided\":true", "\"decided\":true,\"vetoed\":true");
        String all =
                String.join(
                        "\n",
                        new WatchScreen(80, 24, Palette.SAFE, false)
                                .lines(results(60, 5), new ObjectMapper().readTree(vetoed)));
        assertTrue(all.contains("vetoed; stop held back\n  because " + WHY + "\n"), all);
    }

    @Test
    void aRunThatHasNotBegunIsSaidToWait() {
        List<String> lines =
                new WatchScreen(80, 24, Palette.SAFE, false).lines(null, MissingNode.getInstance());
        assertTrue(lines.get(0).contains("waiting"));
        assertTrue(lines.contains("No results yet."));
    }

    @Test
    void onlyChangedLinesAreSent() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new PrintStream(sent, false, StandardCharsets.UTF_8));
        terminal.show(List.of("one", "two"));
        sent.reset();
        terminal.show(List.of("one", "TWO"));
        assertEquals("\u001b[2;1HTWO\u001b[K", sent.toString(StandardCharsets.UTF_8));
        sent.reset();
        terminal.show(List.of("one", "TWO"));
        assertEquals(0, sent.size());
    }
}
