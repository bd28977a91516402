package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.plateau.tests.Program.Outcome;

/**
 * A job script with README's two lines, or its one, and nothing else for Plateau, on a real Slurm.
 */
@Tag("slurm")
@ExtendWith({Workplace.class, SharedSlurm.class})
@Execution(ExecutionMode.CONCURRENT)
class TwoLinesTest {
    private static final String MODEL =
            "mpirun -np 1 --oversubscribe plateau-hook minigcm minigcm.nml";

    private static String script(Path work, String options, String model) throws Exception {
        // A shell that ends before the model starts, as a script for set-up would.
        String text =
                "#!/bin/bash\n"
                        + options
                        + "source \"$PLATEAU_HOME/slurm/env.sh\"\n"
                        + "(plateau start --settings plateau.yaml; date)\nsleep 2\n"
                        + model
                        + "\nplateau finish\ntouch afterwards\n";
        return Files.writeString(work.resolve("mine.sh"), text).toString();
    }

    @Test
    void scancelLabelsWhatWasWrittenAndNothingThatFollowsTheModelRuns(Path work, Slurm slurm)
            throws Exception {
        ModelRun run = ModelRun.endless(work).settings(JobDirectory.COMPUTED);
        JobDirectory job = new JobDirectory(slurm, run);
        // The session of the shell from which the job is submitted is not the job's.
        job.with("PLATEAU_SESSION", "/dev/shm/plateau-0-77");
        String number = job.submit(script(work, "", MODEL));
        job.awaitOutputs(3);

        slurm.command("scancel", number).succeeded();

        assertEquals("CANCELLED", job.await(number), job::said);
        job.assertNothingIsLeft(number);
        assertTrue(job.said().contains("-" + number + "; results and logs in"), job::said);
        assertTrue(job.said().contains("results: "), job::said);
        assertTrue(job.results().closedAccount() >= 9, job::said);
        assertFalse(Files.exists(work.resolve("afterwards")));
    }

    @Test
    void aScriptThatEndsWhereItsModelFailsStillFinishesAndHasTheModelsExitCode(
            Path work, Slurm slurm) throws Exception {
        ModelRun run = ModelRun.small(work).settings(JobDirectory.COMPUTED);
        JobDirectory job = new JobDirectory(slurm, run);

        String number = job.submit(script(work, "set -euo pipefail\n", MODEL + "; (exit 9)"));

        assertEquals("FAILED", job.await(number), job::said);
        assertEquals("9:0", slurm.field(number, "ExitCode"));
        assertEquals(10, job.results().results().outputs(), job::said);
        assertTrue(job.results().closedAccount() >= 30, job::said);
        job.assertNothingIsLeft(number);
        assertFalse(Files.exists(work.resolve("afterwards")));
    }

    @Test
    void scancelEndsARunOfOneLineWithEverythingLabelled(Path work, Slurm slurm) throws Exception {
        ModelRun run = ModelRun.endless(work).settings(JobDirectory.COMPUTED);
        JobDirectory job = new JobDirectory(slurm, run);
        Path script = work.resolve("mine.sh");
        Files.writeString(
                script,
                "#!/bin/bash\nsource \"$PLATEAU_HOME/slurm/env.sh\"\n"
                        + "plateau run --settings plateau.yaml -- "
                        + MODEL
                        + "\ntouch afterwards\n");
        String number = job.submit(script.toString());
        job.awaitOutputs(3);

        slurm.command("scancel", number).succeeded();

        assertEquals("CANCELLED", job.await(number), job::said);
        job.assertNothingIsLeft(number);
        assertTrue(job.said().contains("ended by a signal at "), job::said);
        assertTrue(job.results().closedAccount() >= 9, job::said);
        assertEquals(0, job.results().status().path("account").path("dropped").asLong());
        assertFalse(Files.exists(work.resolve("afterwards")));
    }

    /** A script as people have them: what plateau slurm --from prints of it is run. */
    @Test
    @Tag("long")
    void whatPlateauSlurmPrintsOfAScriptRunsAsTheScriptDid(Path work, Slurm slurm)
            throws Exception {
        ModelRun run = ModelRun.small(work).settings(JobDirectory.COMPUTED);
        JobDirectory job = new JobDirectory(slurm, run);
        Path mine =
                Files.writeString(
                        work.resolve("mine.sh"),
                        """
                        #!/bin/bash -l
                        #SBATCH --nodes=1
                        #SBATCH --ntasks=2
                        set -eu
                        scratch=$(mktemp -d)
                        trap 'echo "cleaned up $?"; rm -rf "$scratch"' EXIT
                        #SBATCH --time=10:00
                        srun hostname | sort >nodes.txt
                        case ${SLURM_NTASKS:-1} in
                            1) echo alone ;;
                            *) echo in company ;;
                        esac
                        echo "this is no line that starts it:
                        srun ./that.is.it"
                        time -p OMP_NUM_THREADS=1 \\
                            srun --mpi pmix --ntasks 2 \\
                            minigcm minigcm.nml 2>&1 | tee model.log || exit 7
                        false | echo "after the model: $(wc -l <nodes.txt)"
                        (exit 5)
                        """);
        Outcome printed =
                Program.in(work, "plateau", "slurm", "--from", mine.toString())
                        .with("PLATEAU_HOME", Workplace.home().toString())
                        .run()
                        .succeeded();
        Path watched = Files.writeString(work.resolve("watched.sh"), printed.text());
        Program.in(work, "shellcheck", "-e", "SC1091", watched.toString()).run().succeeded();

        String number = job.submit(watched.toString());

        assertEquals("FAILED", job.await(number), job::said);
        assertEquals("5:0", slurm.field(number, "ExitCode"), job::said);
        assertTrue(job.said().contains("after the model: 2"), job::said);
        assertTrue(job.said().contains("cleaned up 5"), job::said);
        assertEquals(10, job.results().results().outputs(), job::said);
        assertTrue(job.results().closedAccount() >= 30, job::said);
        job.assertNothingIsLeft(number);
    }
}
