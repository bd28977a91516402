package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.plateau.network.NetworkFiles;

/**
 * The scripts of {@code slurm} for several nodes, GPUs, arrays and training, submitted to a real
 * Slurm with minigcm as the model. One node: {@link JobScriptTest}; chains: {@link ChainTest}.
 */
@Tag("slurm")
@ExtendWith({Workplace.class, SharedSlurm.class})
@Execution(ExecutionMode.CONCURRENT)
class JobScriptsTest {
    private static final String ONE_FILE = "plateau-hook minigcm minigcm.nml";

    /** Every rank writes a band of latitudes: writers on every node. */
    private static ModelRun everyRankWrites(Path work, String more) throws Exception {
        ModelRun run = ModelRun.small(work, "float', output_mode = 'multiple_file");
        Path namelist = work.resolve("minigcm.nml");
        Files.writeString(
                namelist, Files.readString(namelist).replaceFirst("days = [0-9.]+", more));
        return run.settings(JobDirectory.COMPUTED);
    }

    private static void assertLabelled(JobDirectory job, String number, int records)
            throws Exception {
        assertEquals("COMPLETED", job.await(number), job::said);
        assertEquals(10, job.results().results().outputs(), job::said);
        assertTrue(job.results().closedAccount() >= records, job::said);
        assertEquals(0, job.results().status().path("account").path("dropped").asLong());
        job.assertNothingIsLeft(number);
        job.assertNoQueueIsLeft();
    }

    @Test
    void writersOnTwoNodesAndAClassifierOnAThirdInAHeterogeneousJob(Path work, Slurm slurm)
            throws Exception {
        JobDirectory job = new JobDirectory(slurm, everyRankWrites(work, "days = 5"));
        job.model("mpirun -np 4 --map-by node " + ONE_FILE);

        String number = job.submit("hetjob.sbatch");

        assertLabelled(job, number, 120);
        assertTrue(job.said().contains("on each of 3 nodes"), job.said());
    }

    @Test
    void scancelOverSeveralNodesLosesNothingThatWasWritten(Path work, Slurm slurm)
            throws Exception {
        ModelRun run = everyRankWrites(work, "days = 100000, pace_seconds = 0.1");
        JobDirectory job = new JobDirectory(slurm, run);
        job.model("mpirun -np 4 --map-by node " + ONE_FILE);
        String number = job.submit("many-nodes.sbatch");
        job.awaitOutputs(3);

        slurm.command("scancel", number).succeeded();

        assertEquals("CANCELLED", job.await(number), job::said);
        Eventually.holds(
                "the account; " + job.said(),
                JobDirectory.LIMIT,
                () -> job.said().contains("results: "));
        assertTrue(job.results().results().outputs() >= 3, job::said);
        assertTrue(job.results().closedAccount() >= 36, job::said);
        job.assertNothingIsLeft(number);
    }

    /**
     * sbatch --export with a list: nothing else of the environment comes to the job's steps. A rank
     * is late in MPI_Init: those on the other node must wait for it.
     */
    @Test
    void srunStartsTheModelByItsFileOfPrograms(Path work, Slurm slurm) throws Exception {
        JobDirectory job =
                new JobDirectory(slurm, ModelRun.small(work).settings(JobDirectory.COMPUTED));
        job.with("PLATEAU_COUPLER_LAUNCHER", "srun").with("PLATEAU_CLASSIFIER_NODE", "node2");
        job.model("srun --mpi=pmix --multi-prog gcm.conf");
        String source = Workplace.home().resolve("tests/mpi/late.c").toString();
        Program.shell(work, "gcc -shared -fPIC -O1 -o late.so " + source).run().succeeded();
        Files.writeString(
                work.resolve("gcm.conf"),
                "0 "
                        + ONE_FILE
                        + "\n2 env LD_PRELOAD="
                        + work.resolve("late.so")
                        + " minigcm minigcm.nml\n1,3 minigcm minigcm.nml\n");

        String number =
                job.submit(
                        "many-nodes-srun.sbatch",
                        "--export=PATH,PLATEAU_HOME,PLATEAU_MODEL,PLATEAU_COUPLER_LAUNCHER,"
                                + "PLATEAU_CLASSIFIER_NODE");

        assertLabelled(job, number, 30);
    }

    /** Slurm sends such a signal to every job step: the coupler's on the other node is one. */
    @Test
    @Tag("long")
    void aSignalThatAsksTheModelForACheckpointDoesNotEndWhatWatches(Path work, Slurm slurm)
            throws Exception {
        ModelRun run = everyRankWrites(work, "days = 30, pace_seconds = 0.3");
        JobDirectory job = new JobDirectory(slurm, run);
        job.model("srun --mpi=pmix env --ignore-signal=USR1 --ignore-signal=USR2 " + ONE_FILE);
        String number = job.submit("many-nodes.sbatch");
        job.awaitOutputs(3);

        for (String signal : List.of("USR1", "USR2")) {
            slurm.command("scancel", "--signal=" + signal, number).succeeded();
        }

        assertEquals("COMPLETED", job.await(number), job::said);
        assertEquals("", job.log("supervisor"), job::said);
        assertEquals(60, job.results().results().outputs(), job::said);
        assertTrue(job.results().closedAccount() >= 720, job::said);
        assertEquals(0, job.results().status().path("account").path("dropped").asLong());
        job.assertNothingIsLeft(number);
    }

    @Test
    void aRunOnANodeWithAGpuEndsWithTheModelsExitCode(Path work, Slurm slurm) throws Exception {
        JobDirectory job =
                new JobDirectory(slurm, ModelRun.small(work).settings(JobDirectory.COMPUTED));
        job.script("mpirun -np 2 --oversubscribe " + ONE_FILE + "; exit 7\n");

        String number = job.submit("gpu-shared.sbatch");

        assertEquals("FAILED", job.await(number), job::said);
        assertEquals("7:0", slurm.field(number, "ExitCode"));
        assertEquals(10, job.results().results().outputs(), job::said);
        job.assertNothingIsLeft(number);
    }

    @Test
    void everyTaskOfAnArrayWatchesItsOwnRun(Path work, Slurm slurm) throws Exception {
        ModelRun above = ModelRun.small(work).settings(JobDirectory.COMPUTED);
        List<ModelRun> runs =
                List.of(
                        ModelRun.small(work.resolve("run-1")),
                        ModelRun.small(work.resolve("run-2")));
        for (ModelRun run : runs) {
            Files.delete(run.directory().resolve("plateau.yaml"));
        }
        JobDirectory job = new JobDirectory(slurm, above);
        job.model("mpirun -np 1 --oversubscribe " + ONE_FILE);

        String number = job.submit("array.sbatch", "--open-mode=append", "--nodelist=node1");

        assertEquals("COMPLETED", slurm.await(number + "_1", JobDirectory.LIMIT), job::said);
        assertEquals("COMPLETED", slurm.await(number + "_2", JobDirectory.LIMIT), job::said);
        for (ModelRun run : runs) {
            RunDirectory results = new RunDirectory(run.results());
            assertEquals(10, results.results().outputs(), job::said);
            assertTrue(results.closedAccount() >= 30);
        }
    }

    @Test
    void aTrainingThatCannotBeginSaysWhyInOneLine(Path work, Slurm slurm) throws Exception {
        JobDirectory job = new JobDirectory(slurm, ModelRun.small(work));
        job.with("PLATEAU_DATA", "nowhere").with("PLATEAU_NETWORK", "network");

        String number = job.submit("train.sbatch");

        assertEquals("FAILED", job.await(number), job::said);
        assertEquals("2:0", slurm.field(number, "ExitCode"));
        assertTrue(job.said().contains("found no directory nowhere"), job.said());
    }

    /** From nothing to a network that labels a run of another model; two minutes of two cores. */
    @Test
    @Tag("long")
    void aTrainingJobMakesANetworkThatARunThenNames(Path work, Slurm slurm) throws Exception {
        ModelRun run = ModelRun.small(work);
        JobDirectory job = new JobDirectory(slurm, run);
        job.with("PLATEAU_NETWORK", "network").with("PLATEAU_TRAIN", "--quick");

        String number = job.submit("train.sbatch", "--cpus-per-task=2");

        assertEquals("COMPLETED", job.await(number), job::said);
        assertEquals("0:0", slurm.field(number, "ExitCode"));
        run.settings("network: {path: " + work.resolve("network") + "}\n").watch();
        byte[] trained = Files.readAllBytes(work.resolve("network").resolve(NetworkFiles.ONNX));
        assertEquals(
                NetworkFiles.sha256(trained),
                job.results().status().path("engine").path("network").asText());
        assertEquals(10, job.results().results().outputs());
        assertTrue(job.results().closedAccount() >= 30);
    }
}
