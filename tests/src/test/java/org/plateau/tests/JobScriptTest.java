package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code slurm/one-node.sbatch}, submitted to a real Slurm with minigcm as the model. */
@Tag("slurm")
@ExtendWith({Workplace.class, SharedSlurm.class})
@Execution(ExecutionMode.CONCURRENT)
class JobScriptTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String COMPUTED = "classify: {labels: computed}\n";

    private static String submit(Slurm slurm, ModelRun run, String model, String... options)
            throws Exception {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PLATEAU_HOME", Workplace.home().toString());
        environment.put("PLATEAU_MODEL", model);
        String[] words = new String[options.length + 2];
        System.arraycopy(options, 0, words, 0, options.length);
        words[options.length] = "--output=job.txt";
        words[options.length + 1] = Workplace.home().resolve("slurm/one-node.sbatch").toString();
        return slurm.submit(run.directory(), environment, words);
    }

    private static void assertNothingIsLeft(Slurm slurm, String job) throws Exception {
        Eventually.holds(
                "no session left of job " + job, LIMIT, () -> slurm.sessions(job).isEmpty());
        assertFalse(slurm.epilogFound(job), "nothing was left to the Epilog");
    }

    @Test
    void aJobLabelsItsRunAndLeavesNothingBehind(Path work, Slurm slurm) throws Exception {
        ModelRun run = ModelRun.small(work).settings(COMPUTED);

        String job =
                submit(slurm, run, "mpirun -np 2 --oversubscribe plateau-hook minigcm minigcm.nml");

        assertEquals("COMPLETED", slurm.await(job, LIMIT), () -> said(work));
        assertEquals("0:0", slurm.field(job, "ExitCode"));
        RunDirectory results = new RunDirectory(run.results());
        assertEquals(10, results.results().outputs(), () -> said(work));
        assertTrue(results.closedAccount() >= 30);
        assertTrue(said(work).contains("written "), said(work));
        assertNothingIsLeft(slurm, job);
    }

    @Test
    void theModelsExitCodeIsTheJobs(Path work, Slurm slurm) throws Exception {
        ModelRun run = ModelRun.small(work).settings(COMPUTED);

        Files.writeString(work.resolve("fail.sh"), "#!/bin/sh\nexit 9\n");
        work.resolve("fail.sh").toFile().setExecutable(true);

        String job = submit(slurm, run, work.resolve("fail.sh").toString());

        assertEquals("FAILED", slurm.await(job, LIMIT), () -> said(work));
        assertEquals("9:0", slurm.field(job, "ExitCode"));
        assertNothingIsLeft(slurm, job);
    }

    @Test
    void wrongSettingsEndTheJobBeforeTheModelStarts(Path work, Slurm slurm) throws Exception {
        ModelRun run = ModelRun.small(work).settings("hook: {ring: 3}\n");

        String job = submit(slurm, run, "touch started");

        assertEquals("FAILED", slurm.await(job, LIMIT), () -> said(work));
        assertEquals("2:0", slurm.field(job, "ExitCode"));
        assertFalse(Files.exists(work.resolve("started")));
        assertNothingIsLeft(slurm, job);
    }

    @Test
    void whatWasWrittenBeforeScancelIsLabelledAndTheSessionGoes(Path work, Slurm slurm)
            throws Exception {
        ModelRun run = ModelRun.endless(work).settings(COMPUTED);
        String job =
                submit(slurm, run, "mpirun -np 1 --oversubscribe plateau-hook minigcm minigcm.nml");
        Eventually.holds("three labelled outputs", LIMIT, () -> outputs(run) >= 3);

        slurm.command("scancel", job).succeeded();

        assertEquals("CANCELLED", slurm.await(job, LIMIT), () -> said(work));
        assertNothingIsLeft(slurm, job);
        assertTrue(new RunDirectory(run.results()).results().outputs() >= 3);
    }

    @Test
    void aCouplersStepThatFailsOnceAllIsHandedOnLeavesNoQueue(Path work, Slurm slurm)
            throws Exception {
        JobDirectory job = new JobDirectory(slurm, ModelRun.small(work).settings(COMPUTED));
        Path failing = work.resolve("mpirun");
        Files.writeString(
                failing,
                "#!/bin/sh\n/usr/bin/mpirun \"$@\" || exit\n[ \"$1\" = --version ] || exit 1\n");
        assertTrue(failing.toFile().setExecutable(true));
        job.with("PLATEAU_COUPLER_MPIRUN", failing.toString());
        job.model("mpirun -np 1 --oversubscribe plateau-hook minigcm minigcm.nml");

        String number = job.submit("one-node.sbatch");

        assertEquals("COMPLETED", job.await(number), job::said);
        assertTrue(job.said().contains("the coupler ended with exit 1"), job::said);
        assertTrue(job.results().closedAccount() >= 30, job::said);
        job.assertNothingIsLeft(number);
        job.assertNoQueueIsLeft();
    }

    /** The site's Open MPI is elsewhere or nowhere; the model is started by Slurm. */
    @Test
    void withoutAnOpenMpiTheCouplerOfOneNodeRunsAlone(Path work, Slurm slurm) throws Exception {
        JobDirectory job = new JobDirectory(slurm, ModelRun.small(work).settings(COMPUTED));
        job.with("PLATEAU_COUPLER_MPIRUN", "/nonexistent/mpirun");
        job.model("srun --mpi=pmix -n 2 plateau-hook minigcm minigcm.nml");

        String number = job.submit("one-node.sbatch");

        assertEquals("COMPLETED", job.await(number), job::said);
        assertTrue(job.said().contains("on one node the coupler needs none"), job::said);
        assertEquals(10, job.results().results().outputs(), job::said);
        assertTrue(job.results().closedAccount() >= 30, job::said);
        assertEquals(0, job.results().status().path("account").path("dropped").asLong());
        job.assertNothingIsLeft(number);
        job.assertNoQueueIsLeft();
    }

    private static int outputs(ModelRun run) {
        return Files.exists(run.results().resolve("results.nc"))
                ? new RunDirectory(run.results()).results().outputs()
                : 0;
    }

    private static String said(Path work) {
        try {
            return Files.readString(work.resolve("job.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
