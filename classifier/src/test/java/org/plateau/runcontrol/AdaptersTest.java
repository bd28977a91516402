package org.plateau.runcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptersTest {

    @TempDir private Path directory;
    private final ObjectNode decision = new ObjectMapper().createObjectNode().put("by", "policy");

    private static AdapterSettings settings(
            AdapterSettings.Kind kind, String file, String text, List<String> command) {
        return new AdapterSettings(
                kind, file, text, text, List.of(), command, "", Duration.ofSeconds(10));
    }

    @Test
    void aStopFileHasTheGivenNameAndContent() throws IOException {
        Adapters.of(
                        settings(AdapterSettings.Kind.STOP_FILE, "time.stop", "now\n", List.of()),
                        directory)
                .act(decision);
        assertEquals("now\n", Files.readString(directory.resolve("time.stop")));
    }

    @Test
    void aCommandGetsTheDecisionOnStandardInput() throws IOException {
        Path copy = directory.resolve("copy");
        Adapters.of(
                        settings(
                                AdapterSettings.Kind.COMMAND,
                                "",
                                "",
                                List.of("sh", "-c", "cat > \"$0\"", copy.toString())),
                        directory)
                .act(decision);
        assertEquals("{\"by\":\"policy\"}\n", Files.readString(copy));
    }

    @Test
    void aFailingCommandSaysWhatItSaid() {
        StopAdapter adapter =
                Adapters.of(
                        settings(
                                AdapterSettings.Kind.COMMAND,
                                "",
                                "",
                                List.of("sh", "-c", "echo no such job; exit 3")),
                        directory);
        IOException e = assertThrows(IOException.class, () -> adapter.act(decision));
        assertEquals("sh ended with 3: no such job", e.getMessage());
    }

    @Test
    void aSignalReachesTheProcessNamedInTheFile() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        Files.writeString(directory.resolve("model.pid"), sleeper.pid() + "\n");
        Adapters.of(
                        settings(AdapterSettings.Kind.SIGNAL, "model.pid", "TERM", List.of()),
                        directory)
                .act(decision);
        assertTrue(sleeper.waitFor(10, TimeUnit.SECONDS));
        assertEquals(143, sleeper.exitValue());
    }

    @Test
    void aProcessYoungerThanTheFileThatNamesItIsAnotherOne() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        Path file = Files.writeString(directory.resolve("model.pid"), sleeper.pid() + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
        StopAdapter adapter =
                Adapters.of(
                        settings(AdapterSettings.Kind.SIGNAL, "model.pid", "TERM", List.of()),
                        directory);
        IOException e = assertThrows(IOException.class, () -> adapter.act(decision));
        assertTrue(e.getMessage().contains("a process older than the file"), e.getMessage());
        assertTrue(sleeper.isAlive());
        sleeper.destroy();
    }

    @Test
    void aCommandThatTakesTooLongIsEndedWithAllThatItStarted() throws Exception {
        Path late = directory.resolve("late");
        AdapterSettings slow =
                new AdapterSettings(
                        AdapterSettings.Kind.COMMAND,
                        "",
                        "",
                        "",
                        List.of(),
                        List.of("sh", "-c", "(sleep 1; touch \"$0\") & wait", late.toString()),
                        "",
                        Duration.ofMillis(200));
        IOException e =
                assertThrows(IOException.class, () -> Adapters.of(slow, directory).act(decision));
        assertTrue(e.getMessage().contains("to end within"), e.getMessage());
        Thread.sleep(2000);
        assertFalse(Files.exists(late));
    }

    @Test
    void aSignalWithoutItsProcessIsAnError() throws IOException {
        Files.writeString(directory.resolve("model.pid"), "-1");
        StopAdapter adapter =
                Adapters.of(
                        settings(AdapterSettings.Kind.SIGNAL, "model.pid", "TERM", List.of()),
                        directory);
        assertThrows(IOException.class, () -> adapter.act(decision));
    }

    @Test
    void jobsComeFromTheEnvironmentAndAreNumbers() throws IOException {
        assertEquals(
                List.of("12", "17.0"),
                Adapters.jobs(List.of("12", "$STEP"), Map.of("STEP", "17.0")));
        assertThrows(IOException.class, () -> Adapters.jobs(List.of("$NONE"), Map.of()));
        assertThrows(IOException.class, () -> Adapters.jobs(List.of("-u root"), Map.of()));
    }

    @Test
    void anAdapterThatKillsWaitsForTheNextRestartFile() throws IOException {
        RestartFile restart = new RestartFile(directory, "restart_*.nc");
        Instant decided = Instant.now().minusSeconds(100);
        Path file = Files.writeString(directory.resolve("restart_1.nc"), "x");
        Files.setLastModifiedTime(file, FileTime.from(decided.minusSeconds(5)));
        assertFalse(restart.writtenSince(decided), "older than the decision");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        assertFalse(restart.writtenSince(decided), "still being written");
        Files.setLastModifiedTime(file, FileTime.from(decided.plusSeconds(5)));
        assertTrue(restart.writtenSince(decided));
        Path second = Files.writeString(directory.resolve("restart_2.nc"), "x");
        assertFalse(restart.writtenSince(decided), "another process still writes its part");
        Files.setLastModifiedTime(second, FileTime.from(decided.plusSeconds(6)));
        assertTrue(restart.writtenSince(decided));
        Path third = Files.createFile(directory.resolve("restart_3.nc"));
        Files.setLastModifiedTime(third, FileTime.from(decided.plusSeconds(7)));
        assertFalse(restart.writtenSince(decided), "begun and not written");
    }
}
