package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.coupler.Directories;

/** {@code slurm/node.sh} and {@code slurm/watchdog.sh} at moments that come seldom. */
@Timeout(60)
class NodeScriptsTest {
    private static final Path SLURM = Path.of(System.getenv("PLATEAU_HOME"), "slurm");

    @TempDir Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("PLATEAU_WATCHDOG_PATIENCE", "5");
        builder.environment().put("PLATEAU_QUEUE_DIRECTORY", folder.resolve("queue").toString());
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static String script(String name) {
        return SLURM.resolve(name).toString();
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void kill(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor();
    }

    private Path session() throws IOException {
        Path session = Files.createDirectories(folder.resolve("session"));
        Files.createFile(session.resolve("control"));
        return session;
    }

    private static void note(Path session, String part, String line) throws IOException {
        Files.writeString(session.resolve(part + ".pid"), line + "\n");
    }

    /** Whether the watchdog has opened its lock there, and so looks at this session. */
    private static boolean watched(Path session) {
        return Files.exists(session.resolve("watchdog.lock"));
    }

    /** Signals come until the line is about to end, so that some come in that moment. */
    @Test
    void aSignalInTheMomentOfTheEndIsNotTakenForHowAShieldedLineEnded() throws Exception {
        Path begun = folder.resolve("begun");
        Path ending = folder.resolve("ending");
        for (int time = 0; time < 10; time++) {
            Process shield =
                    start(
                            script("node.sh"),
                            "shield",
                            "touch %s; sleep 0.2; touch %s; exit 5".formatted(begun, ending));
            eventually(() -> Files.exists(begun));
            while (!Files.exists(ending)) {
                shield.destroy();
            }

            assertEquals(5, shield.waitFor(), "time " + time);
            Files.delete(begun);
            Files.delete(ending);
        }
    }

    @Test
    void aPartIsFoundInASessionThatComesAfterItAndInOneThatTakesItsPlace() throws Exception {
        Path end = folder.resolve("end");
        Path queue = Files.createDirectory(folder.resolve("queue"));
        Process part =
                start(
                        script("node.sh"),
                        "part",
                        folder.resolve("session").toString(),
                        "classifier",
                        "bash",
                        "-c",
                        "until [ -e " + end + " ]; do sleep 0.02; done");
        Path session = session();
        eventually(() -> Part.find("classifier", folder, session).isPresent());
        Directories.remove(session);
        session();
        eventually(() -> Part.find("classifier", folder, session).isPresent());

        Files.createFile(end);

        assertEquals(0, part.waitFor());
        assertFalse(Files.exists(queue), "it ended well");
    }

    @Test
    void aPartThatFailsLeavesItsQueue() throws Exception {
        Path queue = Files.createDirectory(folder.resolve("queue"));
        Process part =
                start(script("node.sh"), "part", session().toString(), "classifier", "false");

        assertEquals(1, part.waitFor());
        assertTrue(Files.exists(queue));
    }

    @Test
    void aRankThatHasRemovedItsSessionMayTakeLeaveOfTheOthers() throws Exception {
        Path session = session();
        Process rank = start("bash", "-c", "sleep 5; exit 4");
        note(session, "rank", "" + rank.pid());
        Process watchdog = start(script("watchdog.sh"), session.toString());
        eventually(() -> watched(session));
        TimeUnit.MILLISECONDS.sleep(2500); // for the watchdog to know the rank

        Directories.remove(session);

        assertEquals(4, rank.waitFor());
        assertEquals(0, watchdog.waitFor());
    }

    @Test
    void aProcessThatHasGotTheNumberOfAPartIsLeftAlone() throws Exception {
        Path session = session();
        Process innocent = start("sleep", "1000");
        for (String part : List.of("coupler", "classifier", "supervisor")) {
            note(session, part, innocent.pid() + " 1");
        }
        Process owner = start("true");
        owner.waitFor();

        Process watchdog = start(script("watchdog.sh"), session.toString(), "" + owner.pid());

        assertEquals(0, watchdog.waitFor());
        assertFalse(Files.exists(session));
        assertTrue(innocent.isAlive());
    }

    @Test
    void theSessionThatTakesAnothersPlaceIsWatchedInItsTurn() throws Exception {
        Path session = session();
        Process first = start("sleep", "1000");
        note(session, "rank", "" + first.pid());
        Process watchdog = start(script("watchdog.sh"), session.toString());
        eventually(() -> watched(session));

        Directories.remove(session);
        first.destroyForcibly().waitFor();
        Process second = start("sleep", "1000");
        session();
        note(session, "rank", "" + second.pid());
        eventually(() -> watched(session));
        assertTrue(second.isAlive() && watchdog.isAlive());

        second.destroyForcibly();
        assertEquals(0, watchdog.waitFor());
        assertFalse(Files.exists(session));
    }
}
