package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plateau.settings.RunSettings;

class ReportTest {
    private static final String LEVELS =
            """
            "levels":[{"pressure":100.0,"regime":"locked","probability":0.98,
              "verdict":"equilibrated","metrics":[{"name":"rms_wind","unit":"m s-1",
              "value":812.3,"verdict":"equilibrated"}]},
             {"pressure":1e7,"regime":"banded","probability":0.5,"verdict":"drifting",
              "metrics":[{"name":"rms_wind","unit":"m s-1","value":1.5,
              "verdict":"drifting"}]}],
            """;
    private static final String TIME =
            """
            "modelTime":{"value":25.0,"units":"days since 2000-01-01","calendar":"360_day"},
            "elapsedDays":25.0,
            """;

    private static List<String> lines(String json, double length) throws IOException {
        StringWriter text = new StringWriter();
        RunSettings run = new RunSettings("r", Path.of("."), length);
        new Report(new ObjectMapper().readTree(json), run).print(new PrintWriter(text));
        return text.toString().lines().toList();
    }

    private static String account(long written, long used) {
        return "\"account\":{\"written\":" + written + ",\"used\":" + used + ",\"metadata\":3},";
    }

    @Test
    void everyLevelIsALineWithItsRegimeAndVerdicts() throws IOException {
        List<String> lines = lines("{" + LEVELS + TIME + account(10, 7) + "\"x\":1}", 100 * 86400);

        assertEquals(4, lines.size());
        assertTrue(lines.get(0).contains("rms [m/s]"), lines.get(0));
        assertTrue(
                lines.get(1).matches("1.00 mbar +locked +0.98 +equilibrated +- +812.3"),
                lines.get(1));
        assertTrue(
                lines.get(2).matches("100.* bar +banded +0.50 +drifting +- +1.5 +1/1"),
                lines.get(2));
        lines.subList(0, 3).forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void theLastLineSaysWhatWasSavedAndWhereEveryWriteWent() throws IOException {
        String json =
                "{"
                        + TIME
                        + account(10, 7)
                        + "\"stop\":{\"decided\":true},\"hook\":"
                        + "{\"costP50us\":4.25,\"costP99us\":20,\"costMaxus\":31}}";

        String last = lines(json, 100 * 86400).get(1);

        assertEquals(
                "stopped at equilibrium at 25 days; 75 % of the planned 100 d saved; written 10 ="
                        + " used 7 + metadata 3 + superseded 0 + orphan 0 + dropped 0 + torn 0; hook"
                        + " 4.3 us a write (99 %: 20.0, longest 31.0)",
                last);
    }

    @Test
    void aStopThatAPersonAskedForIsNotCalledEquilibrium() throws IOException {
        String json = "{" + TIME + "\"stop\":{\"decided\":true,\"by\":\"person\"}}";

        assertTrue(
                lines(json, 100 * 86400).get(1).startsWith("stopped by a person at 25 days; 75 %"));
    }

    @Test
    void aRunThatWentItsWholeLengthSavedNothingButHearsTheAdvice() throws IOException {
        String json = "{" + TIME + "\"stop\":{\"mode\":\"advise\",\"held\":5,\"hold\":3}}";

        String last = lines(json, 100 * 86400).get(1);

        assertTrue(
                last.startsWith("its levels had equilibrated (Plateau only advises); ended"), last);
        assertTrue(last.contains("nothing saved"), last);
    }

    @Test
    void anAccountThatDoesNotCloseSaysSo() throws IOException {
        String last = lines("{" + TIME + account(12, 7) + "\"x\":1}", Double.NaN).get(1);

        assertTrue(last.contains("(2 unaccounted for)"), last);
    }

    @Test
    void withoutAnyRecordItAsksForTheHook() throws IOException {
        String first = lines("{}", Double.NaN).get(0);

        assertTrue(
                first.startsWith("plateau: no level was seen: expected records, none came"), first);
    }

    @Test
    void withRecordsButNoLevelItAsksForTheNamesOfTheVariables() throws IOException {
        String first = lines("{" + account(10, 7) + "\"x\":1}", Double.NaN).get(0);

        assertTrue(first.contains("input: in the settings"), first);
    }
}
