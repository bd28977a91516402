package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plateau.tests.Program.Outcome;

/** Whatever watches it, or fails to: the model's bytes and its exit code are its own. */
@Tag("coupler")
@ExtendWith(Workplace.class)
class ModelIsNeverTouchedTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {1, 2, 4})
    void aWatchedRunLeavesTheBytesAndTheExitCodeOfAnUnwatchedOne(int ranks, Path work)
            throws Exception {
        ModelRun alone = ModelRun.small(work.resolve("alone")).ranks(ranks);
        ModelRun watched = ModelRun.small(work.resolve("watched")).ranks(ranks);

        alone.unwatched().run().succeeded();
        watched.watch();

        ModelRun.assertSameBytes(alone, watched);
    }

    @Test
    void withoutASessionTheHookDoesNothing(Path work) throws Exception {
        ModelRun alone = ModelRun.small(work.resolve("alone"));
        ModelRun hooked = ModelRun.small(work.resolve("hooked"));

        alone.unwatched().run().succeeded();
        Outcome outcome = hooked.hooked().run().succeeded();

        ModelRun.assertSameBytes(alone, hooked);
        assertTrue(outcome.text().contains("runs unwatched"), outcome.text());
    }

    @Test
    void withTheCouplerAbsentTheModelRunsToItsEnd(Path work) throws Exception {
        ModelRun alone = ModelRun.small(work.resolve("alone"));
        ModelRun watched = ModelRun.small(work.resolve("watched"));
        Path broken = work.resolve("mpirun");
        Files.writeString(
                broken,
                "#!/bin/sh\n[ \"$1\" = --version ] && { echo 'mpirun (Open MPI)'; exit; }\nexit 1\n");
        assertTrue(broken.toFile().setExecutable(true));

        alone.unwatched().run().succeeded();
        Outcome outcome =
                watched.watched()
                        .with("PLATEAU_COUPLER_MPIRUN", broken.toString())
                        .run()
                        .succeeded();

        ModelRun.assertSameBytes(alone, watched);
        assertTrue(outcome.text().contains("the coupler ended"), outcome.text());
    }

    @Test
    void theExitCodeOfPlateauRunIsTheCommands(Path work) throws Exception {
        ModelRun run = ModelRun.small(work);

        Outcome outcome =
                Program.in(
                                work,
                                "plateau",
                                "run",
                                "-s",
                                "plateau.yaml",
                                "--",
                                "bash",
                                "-c",
                                "exit 42")
                        .run();

        assertEquals(42, outcome.code(), outcome.text());
        assertFalse(Files.exists(run.output()));
    }

    @Test
    void aCommandThatIsNotThereEndsWith127(Path work) throws Exception {
        ModelRun.small(work);

        Outcome outcome =
                Program.in(work, "plateau", "run", "-s", "plateau.yaml", "--", "./no-such-gcm")
                        .run();

        assertEquals(127, outcome.code(), outcome.text());
    }

    @Test
    void wrongSettingsAreOneLineAndTheModelIsNotStarted(Path work) throws Exception {
        ModelRun run = ModelRun.small(work).settings("hook: {ring: 12 apples}\n");

        Outcome outcome = run.watched().run();

        assertEquals(2, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("plateau.yaml:2: hook.ring: expected"), outcome.text());
        assertEquals(1, outcome.text().lines().count(), outcome.text());
        assertFalse(Files.exists(run.output()));
    }

    @Test
    void theHookRunsItsCommandEvenWithoutItsLibrary(Path work) throws Exception {
        Outcome outcome =
                Program.in(work, "plateau-hook", "bash", "-c", "exit 5")
                        .with("PLATEAU_HOME", "/nonexistent")
                        .with("PLATEAU_SESSION", work.toString())
                        .run();

        assertEquals(5, outcome.code());
        assertEquals(1, outcome.text().lines().count(), outcome.text());
    }
}
