package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.tests.Program.Outcome;

/** Coupler, classifier and launcher that start late, die or are told to end. */
@Tag("coupler")
@ExtendWith(Workplace.class)
class PartsComeAndGoTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String COMPUTED = "classify: {labels: computed}\n";

    @Test
    void aClassifierThatStartsAfterTheModelsEndLabelsEverything(Path work) throws Exception {
        ModelRun run = ModelRun.small(work).settings(COMPUTED);

        Program.in(
                        work,
                        "plateau",
                        "run",
                        "-s",
                        "plateau.yaml",
                        "--",
                        "bash",
                        "-c",
                        "mpirun -np 1 plateau-hook minigcm minigcm.nml && touch model-has-ended")
                .with("PLATEAU_HOME", homeWithALateClassifier(work).toString())
                .run()
                .succeeded();

        RunDirectory results = new RunDirectory(run.results());
        assertEquals(10, results.results().outputs());
        assertTrue(results.closedAccount() >= 30);
    }

    /** A home whose launcher holds the classifier back until the model has ended. */
    private static Path homeWithALateClassifier(Path work) throws IOException {
        return AlteredHome.in(
                work,
                "slurm/bin/plateau",
                "if [ \"$1\" = classify ]; then\n"
                        + ("  until [ -e " + work + "/model-has-ended ]; do sleep 0.1; done\nfi\n")
                        + realLauncher());
    }

    private static String realLauncher() {
        return "export PLATEAU_HOME=%s\nexec %1$s/slurm/bin/plateau \"$@\"\n"
                .formatted(Workplace.home());
    }

    /**
     * The classifier dies once, at the model's end. Its inbox is too small for the run, so that the
     * coupler is not done before there is another one.
     */
    @Test
    void aClassifierThatDiesWhileTheCouplerWaitsForItIsStartedAgain(Path work) throws Exception {
        ModelRun run = ModelRun.intoASmallQueue(work, 200).settings(COMPUTED);
        Path home =
                AlteredHome.in(
                        work,
                        "slurm/bin/plateau",
                        "if [ \"$1\" = classify ] && mkdir died-once 2>/dev/null; then\n"
                                + "  until [ -e model-has-ended ]; do sleep 0.1; done\n"
                                + "  until grep -qs 'wait in the rings' plateau/coupler.log; do\n"
                                + "    sleep 0.1\n  done\n  kill -KILL $$\nfi\n"
                                + realLauncher());

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
                                "mpirun -np 1 plateau-hook minigcm minigcm.nml && touch"
                                        + " model-has-ended")
                        .with("PLATEAU_HOME", home.toString())
                        .run()
                        .succeeded();

        assertTrue(
                outcome.text().contains("the classifier was killed by signal 9"), outcome.text());
        RunDirectory results = new RunDirectory(run.results());
        assertEquals(200, results.results().outputs(), outcome.text());
        assertTrue(results.closedAccount() >= 600);
        assertEquals(0, results.status().path("account").path("dropped").asLong());
    }

    @Test
    void aClassifierThatIsKilledIsStartedAgainAndLabelsEveryOutputOnce(Path work) throws Exception {
        ModelRun run = ModelRun.endless(work).settings(COMPUTED);
        Process process = run.watched().start();
        Eventually.holds("three labelled outputs", LIMIT, () -> outputs(run) >= 3);

        kill("-KILL", part(session(process), "classifier"));
        int before = outputs(run);
        Eventually.holds("more of them", LIMIT, () -> outputs(run) > before);
        run.stop();

        Outcome outcome = run.watched().await(process, LIMIT).succeeded();
        assertTrue(
                outcome.text().contains("the classifier was killed by signal 9"), outcome.text());
        new RunDirectory(run.results()).assertEveryOutputOnce();
    }

    /** The session is there, but the model does not start before the parts have settled. */
    @Test
    void sigtermBeforeTheModelStartsEndsThePartsAndStartsNone(Path work) throws Exception {
        ModelRun run = ModelRun.endless(work).settings(COMPUTED + "session: {settle: 1 h}\n");
        Process process = run.watched().start();
        Eventually.holds("a classifier", LIMIT, () -> classifierOf(process).isPresent());
        Path session = session(process);

        process.destroy();

        Outcome outcome = run.watched().await(process, LIMIT);
        assertEquals(143, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("results: "), outcome.text());
        assertFalse(Files.exists(session));
        assertFalse(Files.exists(run.output()));
    }

    private static Optional<Path> classifierOf(Process launcher) throws IOException {
        try (var found =
                Files.newDirectoryStream(Path.of("/dev/shm"), "plateau-*-" + launcher.pid())) {
            for (Path session : found) {
                Path part = session.resolve("classifier.pid");
                return Files.exists(part) ? Optional.of(part) : Optional.empty();
            }
            return Optional.empty();
        }
    }

    @Test
    void sigtermGoesToTheModelAndWhatItWroteIsLabelled(Path work) throws Exception {
        ModelRun run = ModelRun.endless(work).settings(COMPUTED);
        Process process = run.watched().start();
        Eventually.holds("three labelled outputs", LIMIT, () -> outputs(run) >= 3);
        Path session = session(process);

        process.destroy();

        Outcome outcome = run.watched().await(process, Duration.ofSeconds(30));
        assertTrue(outcome.code() != 0, outcome.text());
        assertTrue(outcome.text().contains("written "), outcome.text());
        assertFalse(Files.exists(session));
        new RunDirectory(run.results()).closedAccount();
    }

    @Test
    void theSessionGoesEvenWhenItsLauncherIsKilled(Path work) throws Exception {
        ModelRun run = ModelRun.endless(work).settings(COMPUTED);
        Process process = run.watched().start();
        Eventually.holds("a labelled output", LIMIT, () -> outputs(run) >= 1);
        Path session = session(process);
        long coupler = part(session, "coupler");
        List<ProcessHandle> model = process.children().toList();

        process.destroyForcibly().waitFor();
        model.stream()
                .filter(child -> child.info().commandLine().orElse("").contains("minigcm"))
                .forEach(ProcessHandle::destroy);

        Eventually.holds("no session", LIMIT, () -> !Files.exists(session));
        assertFalse(ProcessHandle.of(coupler).map(ProcessHandle::isAlive).orElse(false));
    }

    private static int outputs(ModelRun run) {
        return Files.exists(run.results().resolve("results.nc"))
                ? new RunDirectory(run.results()).results().outputs()
                : 0;
    }

    /** The session that a plateau run made. */
    private static Path session(Process launcher) throws IOException {
        try (var found =
                Files.newDirectoryStream(Path.of("/dev/shm"), "plateau-*-" + launcher.pid())) {
            return found.iterator().next();
        }
    }

    private static long part(Path session, String name) throws IOException {
        return Long.parseLong(Files.readString(session.resolve(name + ".pid")).split(" ")[0]);
    }

    private static void kill(String signal, long pid) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", signal, "" + pid).start().waitFor());
    }
}
