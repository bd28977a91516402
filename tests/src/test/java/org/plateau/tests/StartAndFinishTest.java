package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.tests.Program.Outcome;

/** {@code plateau start} and {@code plateau finish} around a model, outside a batch system. */
@Tag("slurm")
@ExtendWith(Workplace.class)
class StartAndFinishTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String LINES =
            "trap 'rm -rf $PLATEAU_SESSION' EXIT\n"
                    + "plateau start -s plateau.yaml || exit\n"
                    + "mpirun -np 1 plateau-hook minigcm minigcm.nml; code=$?\n"
                    + "plateau finish; exit $code\n";

    private record Watched(Path work, Program program, Process process, Path session) {
        long part(String name) throws IOException {
            String text = Files.readString(session.resolve(name + ".pid"));
            return Long.parseLong(text.strip().split(" ")[0]);
        }

        Outcome end() throws Exception {
            return program.await(process, LIMIT);
        }
    }

    private static Watched watched(Path work, String... caps) throws Exception {
        Path session = Path.of("/dev/shm/plateau-test-" + ProcessHandle.current().pid());
        Workplace.remove(session);
        Program program = Program.shell(work, LINES).with("PLATEAU_SESSION", session.toString());
        for (String cap : caps) {
            program.with(cap.split("=", 2)[0], cap.split("=", 2)[1]);
        }
        return new Watched(work, program, program.start(), session);
    }

    private static void awaitOutputs(ModelRun run, int count) throws Exception {
        Eventually.holds(
                count + " outputs",
                LIMIT,
                () ->
                        Files.exists(run.results().resolve("results.nc"))
                                && new RunDirectory(run.results()).results().outputs() >= count);
    }

    @Test
    void aClassifierThatIsKilledDuringTheRunIsStartedAgainAndFinishSaysBySignal9(Path work)
            throws Exception {
        ModelRun run = ModelRun.endless(work).settings(JobDirectory.COMPUTED);
        Watched watched = watched(work);
        awaitOutputs(run, 3);
        long killed = watched.part("classifier");

        new ProcessBuilder("kill", "-KILL", "" + killed).start().waitFor();
        Eventually.holds("another", LIMIT, () -> watched.part("classifier") != killed);
        run.stop();

        Outcome outcome = watched.end().succeeded();
        assertTrue(
                outcome.text().contains("the classifier was killed by signal 9 ("), outcome.text());
        new RunDirectory(run.results()).assertEveryOutputOnce();
        assertFalse(Files.exists(watched.session()));
    }

    @Test
    @Tag("long")
    void aClassifierThatHangsIsEndedAndStartedAgain(Path work) throws Exception {
        ModelRun run =
                ModelRun.endless(work)
                        .settings(JobDirectory.COMPUTED + "session: {silence: 30 s}\n");
        Watched watched = watched(work);
        awaitOutputs(run, 3);
        long hanging = watched.part("classifier");

        new ProcessBuilder("kill", "-STOP", "" + hanging).start().waitFor();
        Eventually.holds("another", LIMIT, () -> watched.part("classifier") != hanging);
        run.stop();

        Outcome outcome = watched.end().succeeded();
        assertTrue(outcome.text().contains("has said nothing for 30 s"), outcome.text());
        new RunDirectory(run.results()).assertEveryOutputOnce();
    }

    /** The job's exit code stays the model's; that of finish itself tells a chain of jobs. */
    @Test
    @Tag("long")
    void finishSaysWithItsExitCodeThatTheClassifierHasNotUsedEverything(Path work)
            throws Exception {
        ModelRun.small(work).settings(JobDirectory.COMPUTED);
        String lines =
                "plateau start --settings plateau.yaml\n"
                        + "read -r classifier _ <$PLATEAU_SESSION/classifier.pid\n"
                        + "kill -STOP $classifier\n"
                        + "mpirun -np 1 plateau-hook minigcm minigcm.nml\n"
                        + "command plateau finish --within 2; echo finish: $?\n";
        Path session = Path.of("/dev/shm/plateau-test-slow-" + ProcessHandle.current().pid());

        Outcome outcome =
                Program.shell(work, lines).with("PLATEAU_SESSION", session.toString()).run();

        assertTrue(outcome.text().contains("\nfinish: 1\n"), outcome.text());
        assertTrue(outcome.text().contains("to have used all that was"), outcome.text());
        assertTrue(outcome.text().contains("the rest waits in "), outcome.text());
        assertFalse(Files.exists(session));
    }

    @Test
    void thePartsKeepToTheCoresTheThreadsAndTheHeapThatTheSiteGivesThem(Path work)
            throws Exception {
        ModelRun run = ModelRun.endless(work).settings("");
        Watched watched = watched(work, "PLATEAU_COUPLER_CORES=0", "PLATEAU_CLASSIFIER_CORES=1");
        awaitOutputs(run, 2);

        long classifier = watched.part("classifier");
        assertEquals("1", status(classifier, "Cpus_allowed_list"));
        assertEquals("0", status(watched.part("rank"), "Cpus_allowed_list"));
        assertTrue(
                words(classifier, "cmdline")
                        .containsAll(List.of("-Xmx2g", "-XX:ActiveProcessorCount=2")));
        assertTrue(
                words(watched.part("rank"), "cmdline")
                        .containsAll(List.of("-Xmx512m", "-XX:ActiveProcessorCount=2")));
        assertTrue(words(classifier, "environ").contains("OMP_NUM_THREADS=2"));
        assertEquals(5, niceness(classifier));
        assertEquals(
                "1000",
                Files.readString(Path.of("/proc/" + classifier + "/oom_score_adj")).strip());
        assertTrue(Integer.parseInt(status(classifier, "Threads")) <= 48, "threads");
        assertTrue(Integer.parseInt(status(watched.part("rank"), "Threads")) <= 32, "threads");
        run.stop();
        watched.end().succeeded();
    }

    @Test
    void coresThatThisMachineDoesNotHaveKeepNobodyFromStarting(Path work) throws Exception {
        ModelRun run = ModelRun.small(work).settings(JobDirectory.COMPUTED);

        watched(work, "PLATEAU_CORES=4000").end().succeeded();

        assertEquals(10, new RunDirectory(run.results()).results().outputs());
        String log = Files.readString(run.results().resolve("classifier.log"));
        assertTrue(log.contains("expected the cores '4000' for the classifier"), log);
    }

    @Test
    void whatAKilledAttemptLeftUnderTheSessionsNameDoesNotKeepTheNextOneFromStarting(Path work)
            throws Exception {
        ModelRun run = ModelRun.small(work).settings(JobDirectory.COMPUTED);
        Path session = Path.of("/dev/shm/plateau-test-left-" + ProcessHandle.current().pid());
        Files.createDirectories(session);
        Files.writeString(session.resolve("finish"), "");
        Files.writeString(session.resolve("coupler.pid"), "999999999 1\n");

        Outcome outcome =
                Program.shell(work, LINES)
                        .with("PLATEAU_SESSION", session.toString())
                        .run()
                        .succeeded();

        assertTrue(outcome.text().contains("which a killed attempt left"), outcome.text());
        assertEquals(10, new RunDirectory(run.results()).results().outputs(), outcome.text());
    }

    private static String status(long pid, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> words(long pid, String file) throws IOException {
        return List.of(Files.readString(Path.of("/proc/" + pid + "/" + file)).split("\0"));
    }

    private static int niceness(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }
}
