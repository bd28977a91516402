package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is known of how a part ended, and what is done where nothing is known. */
@Timeout(60)
class SupervisedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(1);

    @TempDir Path session;

    private final StringWriter said = new StringWriter();
    private final PrintWriter messages = new PrintWriter(said, true);

    private Supervised part(Path folder, String line) {
        return new Supervised(
                "coupler",
                List.of("sh", "-c", line),
                Map.of(),
                session.resolve("coupler.log"),
                folder,
                session.resolve("status.json"));
    }

    /** A part that another command has started, as that command's successor finds it. */
    private Supervised found(String line) {
        part(session, line).start();
        Supervised again = part(session, line);
        again.find();
        return again;
    }

    private boolean finish(Supervised part, BooleanSupplier unfinished) {
        return part.finish(new Patience(PATIENCE), GRACE, unfinished, () -> {}, messages);
    }

    @Test
    void aPartWhoseExitCodeNobodyKnowsHasNotEndedWellWhileItsWorkIsUndone() throws IOException {
        Path done = session.resolve("done");
        Supervised part = found("read line </dev/null; sleep 0.3; exit 3");

        assertFalse(finish(part, () -> !Files.exists(done)));
        assertTrue(said.toString().contains("started again"), said.toString());
    }

    @Test
    void aPartWhoseExitCodeNobodyKnowsHasEndedWellOnceItsWorkIsDone() throws IOException {
        Path done = session.resolve("done");
        Supervised part = found("sleep 0.3; touch " + done);

        assertTrue(finish(part, () -> !Files.exists(done)));
        assertEquals("", said.toString());
    }

    @Test
    void aPartThatCannotBeStartedAgainIsSaidAndEndsNothingElse() throws Exception {
        Path folder = Files.createDirectory(session.resolve("session"));
        Supervised part = part(folder, "exit 9");
        part.start();
        Files.delete(folder.resolve("coupler.pid"));
        Files.delete(folder);
        while (part.exitCode().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }

        for (int look = 0; look < 5; look++) {
            part.revive(messages);
        }

        assertTrue(part.givenUp());
        List<String> lines = said.toString().lines().toList();
        assertEquals(4, lines.size(), said.toString());
        assertTrue(lines.get(0).contains("ended with exit 9"), said.toString());
        assertTrue(lines.get(3).contains("could not be started"), said.toString());
        assertTrue(lines.get(3).contains("not started again; the model goes on"), said.toString());
    }

    @Test
    void aPartThatNobodyCouldFindAgainIsNotLeftRunning() throws Exception {
        Path alive = session.resolve("alive");
        Supervised part =
                part(session.resolve("nowhere"), "sleep 0.5; touch " + alive + "; sleep 60");

        try {
            part.start();
        } catch (LaunchException e) {
            assertTrue(e.getMessage().contains("cannot be started"), e.getMessage());
        }

        TimeUnit.MILLISECONDS.sleep(1500);
        assertFalse(Files.exists(alive));
    }
}
