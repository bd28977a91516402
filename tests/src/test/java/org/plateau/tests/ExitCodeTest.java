package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plateau.tests.Program.Outcome;

/** A job script with nothing but the lines of the README: what the job ends with. */
@Tag("slurm")
@ExtendWith(Workplace.class)
class ExitCodeTest {

    /**
     * How the shell is set, the model's exit code, that of plateau finish itself, and the job's.
     */
    @ParameterizedTest
    @CsvSource({
        "+e, 0, 0, 0",
        "+e, 9, 0, 9",
        "+e, 0, 3, 0",
        "+e, 9, 3, 9",
        "-e, 0, 3, 0",
        "-e, 9, 0, 9"
    })
    void aScriptThatEndsWithPlateauFinishHasTheModelsExitCode(
            String set, int model, int finish, int job, Path work) throws Exception {
        Path bin = Files.createDirectories(work.resolve("bin"));
        Path plateau = bin.resolve("plateau");
        Files.writeString(plateau, "#!/bin/sh\n[ $1 = finish ] && exit " + finish + "; exit 0\n");
        assertTrue(plateau.toFile().setExecutable(true));
        String home = Workplace.home().toString();
        Files.writeString(
                work.resolve("job.sh"),
                "set "
                        + set
                        + "uo pipefail\nsource "
                        + home
                        + "/slurm/env.sh\nplateau start --settings plateau.yaml\n(exit "
                        + model
                        + ")\nplateau finish\n");

        Outcome outcome =
                Program.in(work, "bash", "job.sh")
                        .with("PATH", bin + ":" + home + "/slurm/bin:/usr/bin:/bin")
                        .run();

        assertEquals(job, outcome.code(), outcome.text());
        boolean said = outcome.text().contains("plateau finish failed (" + finish + ")");
        assertEquals(finish != 0 && (model == 0 || set.equals("+e")), said, outcome.text());
    }

    /**
     * The script's traps before it sources env.sh, what it does then, what is said, and its end.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "trap 'echo theirs $?' EXIT @ exit 9 @ finish theirs 9 @ 9",
                "set -e; trap 'echo theirs $?; exit 8' EXIT @ false @ finish theirs 1 @ 8",
                "trap 'echo told' TERM @ kill $$; echo on; plateau finish @ told on finish --within 8 @ 0",
                "trap 'echo told; exit 5' TERM @ kill $$; echo on @ told finish --within 8 @ 5",
                "trap '' TERM @ kill $$; echo on; plateau finish @ on finish @ 0",
                "true @ kill $$; echo on @ finish --within 8 @ 143"
            })
    void trapsOfTheScriptKeepTheirSayAndFinishComesBeforeItsCleaningUp(
            String traps, String lines, String said, int job, Path work) throws Exception {
        Path session = Files.createDirectories(work.resolve("session"));
        Path launch = Files.createFile(session.resolve("launch.json"));
        Path plateau = Files.createDirectories(work.resolve("bin")).resolve("plateau");
        Files.writeString(plateau, "#!/bin/sh\necho \"$@\"; rm -f " + launch + "\n");
        assertTrue(plateau.toFile().setExecutable(true));
        Files.writeString(
                work.resolve("job.sh"),
                traps + "\nsource $PLATEAU_HOME/slurm/env.sh\nPLATEAU_SESSION=$1\n" + lines + "\n");

        Outcome outcome =
                Program.in(work, "bash", "job.sh", session.toString())
                        .with(
                                "PATH",
                                plateau.getParent()
                                        + ":"
                                        + Workplace.home()
                                        + "/slurm/bin:/usr/bin:/bin")
                        .with("PLATEAU_HOME", Workplace.home().toString())
                        .with("SLURM_JOB_ID", "7")
                        .run();

        assertEquals(said, outcome.text().strip().replaceAll("\\s+", " "));
        assertEquals(job, outcome.code(), outcome.text());
    }
}
