package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.plateau.settings.SettingsFile;

/** Jobs on a real Slurm that are requeued, run into their limit, are stopped or killed. */
@Tag("slurm")
@ExtendWith({Workplace.class, SharedSlurm.class})
@Execution(ExecutionMode.CONCURRENT)
class JobsEndEarlyTest {
    static final int BEFORE = 8;
    static final int AFTER = 80;

    /** More than half of a node's: only one job of this size runs on one. */
    private static final String[] CORES = {"--ntasks=1", "--cpus-per-task=20"};

    /** Goes on from a checkpoint at day 4 when the job is requeued, as a model does. */
    static final String RESTARTING =
            """
            set -eu
            namelist() { cat <<NML
            &run
              title = 'requeue', output_hours = 12, quiet = .true., days = $1, pace_seconds = $2
              restart_in = '$3', restart_out = '$4', output_file = '$5'
            /
            &grid truncation = 21, levels = 2, top_bar = 1e-3, bottom_bar = 1e-2 /
            &planet /
            &forcing
              tau_rad_bar = 0.001, 0.03, tau_rad_days = 0.1, 1
              tau_drag_bar = 0.01, 0.1, tau_drag_days = 1, 2
            /
            NML
            }
            if [ "${SLURM_RESTART_COUNT:-0}" = 0 ]; then
                namelist 4 0 '' checkpoint.nc unwatched.nc >checkpoint.nml
                mpirun --oversubscribe -np 1 minigcm checkpoint.nml
                namelist 1000 0.3 '' end.nc minigcm.nc >minigcm.nml
            else
                namelist 40 0 checkpoint.nc end.nc minigcm.nc >minigcm.nml
            fi
            exec mpirun --oversubscribe -np 1 plateau-hook minigcm minigcm.nml
            """;

    private static JobDirectory endless(Path work, Slurm slurm, String settings) throws Exception {
        return new JobDirectory(slurm, ModelRun.endless(work).settings(settings))
                .model("mpirun -np 1 --oversubscribe plateau-hook minigcm minigcm.nml");
    }

    @Test
    void aRequeuedJobGoesOnWithItsHistoryAndCountsRepeatedTimesOnce(Path work, Slurm slurm)
            throws Exception {
        ModelRun run = ModelRun.with(work, "").settings(JobDirectory.COMPUTED);
        JobDirectory job = new JobDirectory(slurm, run).script(RESTARTING);
        String number = job.submit("one-node.sbatch", "--requeue");
        job.awaitOutputs(BEFORE + 3);

        slurm.command("scontrol", "requeue", number).succeeded();
        slurm.startAgain(number, JobDirectory.LIMIT);

        assertEquals("COMPLETED", job.await(number), job::said);
        assertEveryTimeOnce(job, number);
    }

    @Test
    void aJobThatAnUrgentOnePreemptsGoesOnWithItsHistoryAfterIt(Path work, Slurm slurm)
            throws Exception {
        preemptedAndRequeued(work, slurm, "spare", RESTARTING);
    }

    /**
     * The model, not a job step of its own, hears of it when its time to end is over. Until then it
     * must not get further than the second attempt does.
     */
    @Test
    @Tag("long")
    void aJobThatIsPreemptedWithNoticeGoesOnWithItsHistoryAfterIt(Path work, Slurm slurm)
            throws Exception {
        preemptedAndRequeued(work, slurm, "notice", RESTARTING.replace("1000 0.3 ", "1000 1 "));
    }

    private static void preemptedAndRequeued(
            Path work, Slurm slurm, String partition, String script) throws Exception {
        ModelRun run = ModelRun.with(work, "").settings(JobDirectory.COMPUTED);
        JobDirectory job = new JobDirectory(slurm, run).script(script);
        String number =
                job.submit("one-node.sbatch", "--partition=" + partition, CORES[0], CORES[1]);
        job.awaitOutputs(BEFORE + 3);

        String urgent = submitUrgent(work, slurm);

        assertEquals("COMPLETED", slurm.await(urgent, JobDirectory.LIMIT), job::said);
        slurm.startAgain(number, JobDirectory.LIMIT);
        assertEquals("COMPLETED", job.await(number), job::said);
        assertEveryTimeOnce(job, number);
    }

    /** Slurm tells a job step to end at the notice; the script goes on, and finish has time. */
    @Test
    @Tag("long")
    void aModelStartedBySrunThatIsToldToEndAtTheNoticeIsLabelledToItsEnd(Path work, Slurm slurm)
            throws Exception {
        JobDirectory job = endless(work, slurm, JobDirectory.COMPUTED);
        job.model("srun --mpi=pmix -n 1 plateau-hook minigcm minigcm.nml");
        String number = job.submit("one-node.sbatch", "--partition=lost", CORES[0], CORES[1]);
        job.awaitOutputs(3);

        String urgent = submitUrgent(work, slurm);

        assertEquals("COMPLETED", slurm.await(urgent, JobDirectory.LIMIT), job::said);
        assertEquals("143:0", slurm.field(number, "ExitCode"), job::said);
        assertTrue(job.said().contains("results: "), job::said);
        assertTrue(job.results().closedAccount() >= 9, job::said);
        assertEquals(0, job.results().status().path("account").path("dropped").asLong());
        job.assertNothingIsLeft(number);
        job.assertNoQueueIsLeft();
    }

    private static String submitUrgent(Path work, Slurm slurm) throws Exception {
        Path script = Files.writeString(work.resolve("urgent.sh"), "#!/bin/bash\ntrue\n");
        return slurm.submit(
                work, Map.of(), "--partition=urgent", CORES[0], CORES[1], script.toString());
    }

    private static void assertEveryTimeOnce(JobDirectory job, String number) throws Exception {
        double[] time = job.results().results().time().values();
        assertEquals(BEFORE + AFTER, time.length, job::said);
        for (int i = 0; i < time.length; i++) {
            assertEquals((i + 1) / 2.0, time[i], 1e-9);
        }
        job.results().closedAccount();
        job.assertNothingIsLeft(number);
    }

    @Test
    void aStopCancelsTheJobsThatWaitAndSignalsTheModelsStep(Path work, Slurm slurm)
            throws Exception {
        JobDirectory job = endless(work, slurm, JobDirectory.COMPUTED);
        job.model("srun --mpi=pmix -n 1 plateau-hook minigcm minigcm.nml");
        String name = "chain " + work.getFileName();
        String number = job.submit("one-node.sbatch", "--hold", "--job-name=" + name);
        String next = submitBehind(work, slurm, number);
        String segment =
                slurm.submit(
                        work,
                        Map.of(),
                        "--job-name=" + name,
                        "--dependency=singleton",
                        "--wrap=touch next-ran");
        Path settings = work.resolve("plateau.yaml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        + "stop: {mode: act, adapters: [{kind: command, command: [sh, -c, '"
                        + dynamicos(work)
                        + "']}, {kind: cancel-jobs, jobs: ["
                        + next
                        + "]}, {kind: scancel, jobs: ["
                        + number
                        + ".0], signal: TERM}]}\n");
        slurm.command("scontrol", "release", number).succeeded();
        job.awaitOutputs(2);

        Program.in(work, "plateau", "stop", "--settings", "plateau.yaml").run().succeeded();

        assertEquals("FAILED", job.await(number), job::said);
        assertEquals("143:0", slurm.field(number, "ExitCode"), job::said);
        assertEquals("CANCELLED", slurm.await(next, JobDirectory.LIMIT), job::said);
        assertEquals("CANCELLED", slurm.await(segment, JobDirectory.LIMIT), job::said);
        assertFalse(Files.exists(work.resolve("next-ran")), job::said);
        assertTrue(job.said().contains("stopped by a person"), job::said);
        job.assertNothingIsLeft(number);
    }

    /** The command with which DYNAMICO's preset ends a chain of jobs of one name. */
    private static String dynamicos(Path work) throws Exception {
        Path preset = Workplace.home().resolve("config/models/dynamico.yaml");
        Path settings = Files.writeString(work.resolve("dynamico.yaml"), "model: " + preset);
        return SettingsFile.load(settings)
                .section("stop")
                .sections("adapters")
                .get(0)
                .texts("command", List.of())
                .get(2);
    }

    private static String submitBehind(Path work, Slurm slurm, String number) throws Exception {
        Path next = Files.writeString(work.resolve("next.sh"), "#!/bin/bash\ntouch next-ran\n");
        return slurm.submit(work, Map.of(), "--dependency=afterany:" + number, next.toString());
    }

    @Test
    void whenEverythingIsKilledAtOnceTheEpilogGivesTheMemoryBack(Path work, Slurm slurm)
            throws Exception {
        JobDirectory job = endless(work, slurm, JobDirectory.COMPUTED);
        Path settings = work.resolve("plateau.yaml");
        String onDisk = slurm.nodeDisk().toString();
        Files.writeString(settings, Files.readString(settings).replace(onDisk, "/dev/shm/queues"));
        String number = job.submit("one-node.sbatch", "--nodelist=node1");
        job.awaitOutputs(1);
        Path session = slurm.session(1, number);
        Path queue = Path.of(Files.readString(session.resolve("queue")).strip());
        Path inMemory = session.resolveSibling(Path.of("/dev/shm").relativize(queue));
        assertTrue(Files.isDirectory(inMemory), inMemory.toString());
        String[] parts = {"supervisor", "watchdog", "classifier", "coupler", "rank"};
        long[] processes = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            processes[i] = process(session, parts[i]);
        }

        ProcessHandle script = ProcessHandle.of(owner(processes[1])).orElseThrow();
        List<ProcessHandle> model = script.descendants().toList();

        for (long process : processes) {
            ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
        }
        script.destroyForcibly();
        model.forEach(ProcessHandle::destroyForcibly);

        assertEquals("FAILED", job.await(number), job::said);
        Eventually.holds(
                "the end of the session",
                JobDirectory.LIMIT,
                () -> slurm.sessions(number).isEmpty() && slurm.epilogFound(number));
        Eventually.holds("the end of the queue", JobDirectory.LIMIT, () -> !Files.exists(inMemory));
        for (long process : processes) {
            Eventually.holds(
                    "the end of process " + process,
                    JobDirectory.LIMIT,
                    () -> ProcessHandle.of(process).isEmpty());
        }
    }

    /** The job script's shell: the watchdog's last word. */
    private static long owner(long watchdog) throws IOException {
        String[] words = Files.readString(Path.of("/proc/" + watchdog + "/cmdline")).split("\0");
        return Long.parseLong(words[words.length - 1]);
    }

    private static long process(Path session, String part) throws IOException {
        return Long.parseLong(
                Files.readString(session.resolve(part + ".pid")).strip().split(" ")[0]);
    }

    @Test
    @Tag("long")
    void atTheTimeLimitWhatWasWrittenIsLabelledAndTheSessionGoes(Path work, Slurm slurm)
            throws Exception {
        JobDirectory job = endless(work, slurm, JobDirectory.COMPUTED);

        String number = job.submit("one-node.sbatch", "--time=1");

        assertEquals("TIMEOUT", job.await(number), job::said);
        Eventually.holds("the account", JobDirectory.LIMIT, () -> job.said().contains("results: "));
        assertTrue(job.outputs() >= 3, job::said);
        job.results().closedAccount();
        job.assertNothingIsLeft(number);
    }
}
