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
        return lines(json, length, Ending.UNSEEN);
    }

    private static List<String> lines(String json, double length, Ending ending)
            throws IOException {
        StringWriter text = new StringWriter();
        RunSettings run = new RunSettings("r", Path.of("."), length);
        new Report(new ObjectMapper().readTree(json), run, ending).print(new PrintWriter(text));
        List<String> lines = text.toString().lines().toList();
        lines.forEach(line -> assertTrue(line.length() <= 80, line));
        return lines;
    }

    private static String account(long written, long used) {
        return "\"account\":{\"written\":" + written + ",\"used\":" + used + ",\"metadata\":3},";
    }

    @Test
    void everyLevelIsALineWithItsRegimeAndVerdicts() throws IOException {
        List<String> lines = lines("{" + LEVELS + TIME + account(10, 7) + "\"x\":1}", 100 * 86400);

        assertTrue(lines.get(0).contains("rms [m/s]"), lines.get(0));
        assertTrue(
                lines.get(1).matches("1.00 mbar +locked +0.98 +equilibrated +- +812.3"),
                lines.get(1));
        assertTrue(
                lines.get(2).matches("100.* bar +banded +0.50 +drifting +- +1.5 +1/1"),
                lines.get(2));
    }

    @Test
    void whatWasSavedCountsTheTimeBeforeTheFirstOutputAsRun() throws IOException {
        String json =
                "{"
                        + TIME.replace("\"elapsedDays\":25.0", "\"elapsedDays\":24.5")
                        + account(10, 7)
                        + "\"outputs\":50,\"stop\":{\"decided\":true}}";

        String text = String.join("\n", lines(json, 100 * 86400));

        assertTrue(text.contains("at 25 days; 75 % of the planned 100 d saved"), text);
    }

    @Test
    void theEndSaysWhatWasSavedWhereEveryWriteWentAndWhatTheHookCost() throws IOException {
        String json =
                "{"
                        + TIME
                        + account(10, 7)
                        + "\"stop\":{\"decided\":true},\"hook\":"
                        + "{\"costP50us\":4.25,\"costP99us\":20,\"costMaxus\":31}}";

        List<String> lines = lines(json, 100 * 86400);

        assertEquals(
                List.of(
                        "stopped at equilibrium at 25 days; 75 % of the planned 100 d saved",
                        "written 10 = used 7 + metadata 3 + superseded 0 + orphan 0 + dropped 0 + torn 0",
                        "hook 4.3 us a write (99 %: 20.0, longest 31.0)"),
                lines.subList(lines.size() - 3, lines.size()));
    }

    @Test
    void whyRecordsWereNotUsedStandsBeneathTheAccount() throws IOException {
        String json =
                "{"
                        + TIME
                        + "\"account\":{\"written\":12,\"used\":7,\"orphan\":3,\"dropped\":2,"
                        + "\"reasons\":{\"orphan: not an input\":3,\"dropped: ring full\":2}}}";

        List<String> lines = lines(json, 100 * 86400);

        assertTrue(lines.contains("  3 orphan: not an input"), "" + lines);
        assertTrue(lines.contains("  2 dropped: ring full"), "" + lines);
    }

    @Test
    void whereAllWasLostOnItsWayNobodyIsAdvisedToUseTheHook() throws IOException {
        String json = "{\"account\":{\"written\":12,\"dropped\":12}}";

        String said = String.join("", lines(json, 100 * 86400));

        assertTrue(said.contains("lost on its way"), said);
        assertTrue(!said.contains("plateau-hook"), said);
    }

    @Test
    void theLevelsThatAStopWaitsForAndMapsUnlikeTheTrainingAreMarked() throws IOException {
        String json =
                """
                {"levels":[{"pressure":100,"required":true,"unlike":0.1,"regime":"locked",
                  "probability":0.5,"verdict":"equilibrated"},
                 {"pressure":1e7,"required":false,"unlike":0.9,"regime":"night-side hot spot",
                  "probability":1.0,"verdict":"warming-up"}]}
                """;

        List<String> lines = lines(json, Double.NaN);

        assertTrue(lines.get(1).startsWith("*1.00 mbar  locked"), lines.get(1));
        assertTrue(lines.get(2).matches(" 100 bar +night-side hot spot 1.00~ +warming-up.*"));
        assertTrue(lines.get(3).startsWith("* must settle before a stop"), lines.get(3));
        assertTrue(lines.get(4).startsWith("~ this map is unlike those"), lines.get(4));
    }

    @Test
    void aSignalAndAFailureOfTheModelAreToldAsSuch() throws IOException {
        String json = "{" + TIME + "\"x\":1}";

        assertTrue(last(json, new Ending(143, true)).startsWith("ended by a signal at 25 days"));
        assertTrue(
                last(json, new Ending(139, false))
                        .startsWith("the model failed with exit code 139 (signal 11) at 25 days"));
        assertTrue(last(json, new Ending(0, false)).startsWith("ended at 25 days"));
    }

    @Test
    void aStopThatTheModelDidNotFollowIsNoStop() throws IOException {
        String json = "{" + TIME + "\"stop\":{\"decided\":true}}";

        String text = String.join(" ", lines(json, 25 * 86400));

        assertTrue(text.contains("a stop at equilibrium was decided, but the model went on"), text);
    }

    private static String last(String json, Ending ending) throws IOException {
        return lines(json, 100 * 86400, ending).stream()
                .filter(line -> line.contains("25 days"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunWithoutAnOutputHasNoTimeAtWhichItEnded() throws IOException {
        List<String> lines = lines("{\"account\":{\"written\":0}}", 0, new Ending(127, false));

        assertTrue(
                lines.contains("the model failed with exit code 127; no model time saved"),
                lines.toString());
    }

    @Test
    void aProgramThatCannotBeStartedIsNamedWithTheSystemsReasonAlone() {
        String said =
                Ending.notStarted(
                        "./gcm.exe",
                        new IOException(
                                "Cannot run program \"./gcm.exe\": error=13, Permission denied"));
        assertEquals(
                "expected a program that can be started, found ./gcm.exe: Permission denied;"
                        + " name it by its path, or put its folder on PATH",
                said);
    }

    @Test
    void aStopThatAPersonAskedForIsNotCalledEquilibrium() throws IOException {
        String json = "{" + TIME + "\"stop\":{\"decided\":true,\"by\":\"person\"}}";

        assertTrue(last(json, Ending.UNSEEN).startsWith("stopped by a person at 25 days; 75 %"));
    }

    @Test
    void aRunThatWentItsWholeLengthSavedNothingButHearsTheAdvice() throws IOException {
        String json = "{" + TIME + "\"stop\":{\"mode\":\"advise\",\"held\":5,\"hold\":3}}";

        String text = String.join(" ", lines(json, 100 * 86400)).replaceAll(" +", " ");

        assertTrue(
                text.contains("its levels had equilibrated (Plateau only advises); ended"), text);
        assertTrue(text.contains("no model time saved"), text);
    }

    @Test
    void anAccountThatDoesNotCloseSaysSo() throws IOException {
        String text = String.join(" ", lines("{" + TIME + account(12, 7) + "\"x\":1}", Double.NaN));

        assertTrue(text.contains("(2 unaccounted for)"), text);
    }

    @Test
    void withoutAnyRecordItAsksForTheHook() throws IOException {
        String first = lines("{\"state\":\"ended\"}", Double.NaN).get(0);

        assertTrue(
                first.startsWith("plateau: no level was seen: expected records, none came"), first);
    }

    @Test
    void withoutAnyWordOfTheClassifierItPointsToItsLog() throws IOException {
        assertTrue(lines("{}", Double.NaN).get(0).contains("the classifier left no word"));
    }

    @Test
    void withRecordsButNoLevelItAsksForTheNamesOfTheVariables() throws IOException {
        String text = String.join(" ", lines("{" + account(10, 7) + "\"x\":1}", Double.NaN));

        assertTrue(text.contains("input: in the settings"), text);
    }
}
