package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ControlCommandsTest {

    @TempDir private Path directory;
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    private int run(String... words) {
        CommandLine line = Plateau.commandLine();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "-r";
        all[words.length + 1] = directory.toString();
        return line.execute(all);
    }

    @Test
    void aStopUnderAVetoIsRefused() {
        assertEquals(0, run("veto", "--reason", "watching"));
        assertEquals(2, run("stop"));
        assertTrue(err.toString().contains("under a veto"), err.toString());
        assertFalse(Files.exists(directory.resolve("stop")));
    }

    @Test
    void aRunThatHasEndedIsNotStopped() throws IOException {
        Files.writeString(directory.resolve("status.json"), "{\"state\": \"ended\"}");
        assertEquals(2, run("stop"));
        assertTrue(err.toString().contains("has ended"), err.toString());
        assertFalse(Files.exists(directory.resolve("stop")));
        Files.writeString(directory.resolve("status.json"), "{\"state\": \"running\"}");
        assertEquals(0, run("stop"));
    }

    @Test
    void whoOrdersSomethingOfARunThatHasEndedIsToldSo() throws IOException {
        Files.writeString(directory.resolve("status.json"), "{\"state\": \"ended\"}");
        for (String order : List.of("veto", "resume")) {
            out.getBuffer().setLength(0);
            assertEquals(0, run(order));
            assertTrue(out.toString().contains("has ended; "), out.toString());
            assertFalse(out.toString().contains(" goes on; the policy"), out.toString());
        }
    }

    @Test
    void anOrderInADirectoryInWhichNoRunHasWrittenSaysThatItMayBeTheWrongOne() throws IOException {
        for (String order : List.of("veto", "resume", "stop")) {
            out.getBuffer().setLength(0);
            assertEquals(0, run(order));
            assertTrue(out.toString().contains("no run has written anything there"), order);
            assertEquals(1, out.toString().lines().count());
        }
        Files.writeString(directory.resolve("events.jsonl"), "{}\n");
        out.getBuffer().setLength(0);
        assertEquals(0, run("veto"));
        assertFalse(out.toString().contains("anything there"), out.toString());
    }

    @Test
    void thePageOrdersWhatTheCommandsOrderAndNoMore() throws IOException {
        MonitorOrders page = new MonitorOrders(directory, Clock.systemUTC());
        Path status = Files.writeString(directory.resolve("status.json"), "{\"state\":\"ended\"}");
        assertThrows(IllegalArgumentException.class, () -> page.stop("late"));
        Files.delete(status);
        page.veto("mine");
        assertThrows(IllegalArgumentException.class, () -> page.stop("other"));
        assertFalse(Files.exists(directory.resolve("stop")));
        page.resume("seen");
        assertFalse(Files.exists(directory.resolve("veto")));
        page.stop("now");
        assertTrue(Files.readString(directory.resolve("stop")).contains("(monitor)"));
    }

    @Test
    void aSecondStopSaysThatTheFirstWasDecidedAndHowToHaveItDoneAnew() throws IOException {
        String decision = "{\"decided\":\"2026-01-01T00:00:00Z\",\"adapters\":[]}";
        Files.writeString(directory.resolve("decision.json"), decision);
        assertEquals(0, run("stop"));
        assertTrue(out.toString().contains("decided before, at 2026-01-01T00"), out.toString());
        assertTrue(out.toString().contains("plateau resume"), out.toString());
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void resumeTakesBackVetoAndStop() throws IOException {
        run("stop");
        Files.writeString(directory.resolve("stop.json"), "{}");
        assertEquals(0, run("resume"));
        assertFalse(Files.exists(directory.resolve("stop")));
        assertFalse(Files.exists(directory.resolve("stop.json")));
        assertTrue(Files.exists(directory.resolve("resume")));
    }

    @Test
    void statusAnswersByItsExitCode() throws IOException {
        Path status = directory.resolve("status.json");
        assertEquals(2, run("status", "--require", "equilibrated"), "no status yet");
        Files.writeString(status, "{\"run_verdict\":{\"verdict\":\"drifting\"}}");
        assertEquals(1, run("status", "--require", "equilibrated"));
        assertEquals(0, run("status"));
        Files.writeString(status, "{\"run_verdict\":{\"verdict\":\"equilibrated\"}}");
        assertEquals(0, run("status", "--require", "equilibrated"));
        assertEquals(2, run("status", "--require", "perfect"));
    }

    @Test
    void aVetoTakesBackWhatTheModelHasNotFollowedYet() throws IOException {
        Files.writeString(directory.resolve("stop.json"), "{}");
        assertEquals(0, run("veto"));
        assertFalse(Files.exists(directory.resolve("stop.json")));
        assertTrue(Files.exists(directory.resolve("veto")));
        assertTrue(out.toString().contains("is taken back"), out.toString());
    }

    @Test
    void anOldStatusIsNoAnswer() throws IOException {
        Path status = directory.resolve("status.json");
        String old =
                "{\"state\":\"%s\",\"wall\":\"2020-01-01T00:00:00Z\","
                        + "\"run_verdict\":{\"verdict\":\"equilibrated\"}}";
        Files.writeString(status, old.formatted("running"));
        assertEquals(3, run("status", "--require", "equilibrated"));
        assertTrue(err.toString().contains("kept up to date"), err.toString());
        Files.writeString(status, old.formatted("ended"));
        assertEquals(0, run("status", "--require", "equilibrated"));
    }

    @Test
    void aRunThatWasStoppedWithoutBeingEquilibratedIsNotContinued() throws IOException {
        Path status = directory.resolve("status.json");
        String stopped =
                "{\"state\":\"ended\",\"stop\":{\"decided\":true,\"by\":\"person\"},"
                        + "\"run_verdict\":{\"verdict\":\"%s\"}}";
        Files.writeString(status, stopped.formatted("not equilibrated"));
        assertEquals(3, run("status", "--require", "equilibrated"));
        assertTrue(err.toString().contains("a stop decided by person"), err.toString());
        Files.writeString(status, stopped.formatted("equilibrated"));
        assertEquals(0, run("status", "--require", "equilibrated"));
    }

    /** State, its age in seconds, verdict, whether a stop is decided and vetoed, exit code. */
    @ParameterizedTest
    @CsvSource({
        "running, 5, equilibrated, false, false, 0",
        "running, 5, not equilibrated, false, false, 1",
        "running, 5, not equilibrated, false, true, 1",
        "running, 90, not equilibrated, false, false, 3",
        "running, 90, equilibrated, false, false, 3",
        "stopping, 5, equilibrated, true, false, 0",
        "stopping, 5, not equilibrated, true, false, 3",
        "running, 5, not equilibrated, true, true, 1",
        "stopping, 90, equilibrated, true, false, 3",
        "ended, 5, equilibrated, true, false, 0",
        "ended, 9000, equilibrated, false, false, 0",
        "ended, 9000, not equilibrated, false, false, 1",
        "ended, 9000, not equilibrated, true, false, 3"
    })
    void aRunInEveryStateIsAnsweredByTheExitCodeAlone(
            String state, int age, String verdict, boolean decided, boolean vetoed, int code)
            throws IOException {
        Files.writeString(
                directory.resolve("status.json"),
                """
                {"state":"%s","wall":"%s","run_verdict":{"verdict":"%s"},
                 "stop":{"decided":%s,"vetoed":%s,"by":"policy"}}
                """
                        .formatted(
                                state, Instant.now().minusSeconds(age), verdict, decided, vetoed));
        assertEquals(code, run("status", "--require", "equilibrated"), err.toString());
        assertEquals(code == 3 ? 1 : 0, err.toString().lines().count(), err.toString());
    }

    @Test
    void aStatusThatDoesNotSayHowOldItIsIsNoAnswer() throws IOException {
        Files.writeString(
                directory.resolve("status.json"),
                "{\"state\":\"running\",\"wall\":\"yesterday\",\"run_verdict\":\"equilibrated\"}");
        assertEquals(3, run("status", "--require", "equilibrated"));
        assertTrue(err.toString().contains("yesterday"), err.toString());
    }

    @Test
    void statusNeverGuessesAnAnswer() throws IOException {
        Path status = directory.resolve("status.json");
        Files.writeString(status, "{\"run_verdict\":");
        assertEquals(3, run("status", "--require", "equilibrated"));
        Files.writeString(status, "{}");
        assertEquals(3, run("status", "--require", "equilibrated"));
    }
}
