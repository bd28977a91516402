package org.plateau.jobscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobScriptTest {
    @TempDir private Path folder;

    private static final String HEAD = "#!/bin/bash\n#SBATCH --ntasks=4\nmodule load mpi\n";

    private static String watched(String script) {
        return JobScript.watched(
                script,
                name -> name.equals("gcm.conf") ? "0-2 ./gcm.exe\n3 ./xios_server.exe x\n" : "",
                "/opt/plateau");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "srun ./gcm.exe @ srun plateau-hook ./gcm.exe || plateau_code=$?",
                "srun -n 4 --cpu-bind=cores ./gcm.exe in.nml > log 2>&1 @"
                        + "srun -n 4 --cpu-bind=cores plateau-hook ./gcm.exe in.nml > log 2>&1"
                        + " || plateau_code=$?",
                "OMP_NUM_THREADS=2 mpirun -np 4 --mca btl self,tcp \"$EXE\" @"
                        + "OMP_NUM_THREADS=2 mpirun -np 4 --mca btl self,tcp plateau-hook \"$EXE\""
                        + " || plateau_code=$?",
                "mpiexec.hydra -bootstrap slurm -genvall -genv A 1 -env B=2 -ppn 2 -n 4 ./gcm.exe @"
                        + "mpiexec.hydra -bootstrap slurm -genvall -genv A 1 -env B=2 -ppn 2 -n 4"
                        + " plateau-hook ./gcm.exe || plateau_code=$?",
                "srun -n$SLURM_NTASKS -c${THREADS} ./gcm.exe @"
                        + "srun -n$SLURM_NTASKS -c${THREADS} plateau-hook ./gcm.exe"
                        + " || plateau_code=$?",
                "srun -K -u -G 1 --mpi=pmi2 ./gcm.exe @"
                        + "srun -K -u -G 1 --mpi=pmi2 plateau-hook ./gcm.exe || plateau_code=$?",
                "mpirun -np 8 ./lmdz.x : -np 2 ./xios_server.exe @"
                        + "mpirun -np 8 ./lmdz.x : -np 2 plateau-hook ./xios_server.exe"
                        + " || plateau_code=$?",
                "mpirun -np 4 ./gcm.exe # the model @"
                        + "mpirun -np 4 plateau-hook ./gcm.exe || plateau_code=$? # the model",
                "mpirun -np 4 plateau-hook ./gcm.exe @"
                        + "mpirun -np 4 plateau-hook ./gcm.exe || plateau_code=$?"
            })
    void theModelsLineKeepsItsWordsAndItsExitCode(String line, String expected) {
        String watched = watched(HEAD + "echo mpirun starts\n# srun old\n" + line + "\ndate\n");

        assertTrue(watched.contains("\n" + expected + "\nplateau finish"), watched);
        assertTrue(watched.startsWith(HEAD), watched);
        assertTrue(watched.endsWith("\ndate\n"), watched);
    }

    @Test
    void aLineThatGoesOnOverSeveralIsOneLine() {
        String watched = watched(HEAD + "set -e\nmpirun -np 4 \\\n  ./gcm.exe \\\n  a\n");

        assertTrue(watched.contains("\n  plateau-hook ./gcm.exe \\\n  a || plateau_code=$?\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "./gcm.exe @ found none",
                "srun ./a;srun ./b @ line 4: found ';'",
                "mpirun ./gcm.exe |& tee log @ line 4: found '&'",
                "cat in.nml | mpirun ./gcm.exe @ inside another command",
                "srun ./gcm.exe & @ line 4: found '&'",
                "if srun ./gcm.exe; then date; fi @ inside another command",
                "x=$(srun ./gcm.exe) @ line 4: found",
                "srun --multi-prog other.conf @ one line with an XIOS server in other.conf",
                "srun --het-group=0,1 ./gcm.exe @ other components than the first",
                "cat <<EOF @ the end 'EOF' of a here-document",
                "mpirun -np 1 ./a : -np 2 ./b @ one program that writes",
                "plateau start --settings a @ its lines already",
                "srun $OPTIONS ./gcm.exe @ the program that writes",
                "srun --strange 4 ./gcm.exe @ --strange"
            })
    void whatIsNotClearIsRefusedWithOneLine(String line, String why) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> watched(HEAD + line + "\n"));

        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @ParameterizedTest
    @CsvSource({"for i in 1 2; do,done", "if true; then,fi", "run() {,}", "while true,done"})
    void aModelInALoopAConditionOrAFunctionIsRefused(String open, String close) {
        String script = HEAD + open + "\n  srun ./gcm.exe\n" + close + "\n";

        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> watched(script))
                        .getMessage()
                        .contains("in a loop"));
    }

    @Test
    void theFileOfProgramsIsCopiedInTheJobWithTheHookBeforeTheServer() throws Exception {
        String watched = watched(HEAD + "srun -n 4 --multi-prog gcm.conf > log\n");

        assertTrue(
                watched.contains(
                        "\nsrun -n 4 --multi-prog gcm.conf.plateau > log || plateau_code=$?\n"),
                watched);
        String copy = watched.lines().filter(l -> l.startsWith("sed ")).findFirst().orElseThrow();
        Files.writeString(folder.resolve("gcm.conf"), "0-2 ./gcm.exe\n3 ./xios_server.exe x\n");
        Process bash = new ProcessBuilder("bash", "-c", copy).directory(folder.toFile()).start();
        assertEquals(0, bash.waitFor());
        assertEquals(
                "0-2 ./gcm.exe\n3 plateau-hook ./xios_server.exe x\n",
                Files.readString(folder.resolve("gcm.conf.plateau")));
    }

    @Test
    void hereDocumentsAreLeftAloneAndMayFeedTheModel() {
        String watched =
                watched(
                        HEAD
                                + "cat >in.nml <<-'END'\n&run mpirun ./other /\n\tEND\n"
                                + "mpirun -np 4 ./gcm.exe <<EOF\nsrun it\nEOF\ndate\n");

        assertTrue(watched.contains("&run mpirun ./other /\n\tEND\n# Plateau"), watched);
        assertTrue(
                watched.contains(
                        "\nmpirun -np 4 plateau-hook ./gcm.exe <<EOF || plateau_code=$?\nsrun it\n"
                                + "EOF\nplateau finish"),
                watched);
    }

    @Test
    void anExecGoesSoThatSomethingCanComeAfterTheModel() {
        String watched = watched(HEAD + "exec mpirun -np 4 ./gcm.exe\n");

        assertTrue(
                watched.contains("\nmpirun -np 4 plateau-hook ./gcm.exe || plateau_code=$?\n"),
                watched);
    }

    @Test
    void whatReadsTheModelsOutputStaysAndTheExitCodeIsStillTheModels() {
        String watched = watched(HEAD + "srun ./gcm.exe 2>&1 | tee gcm.log\n");

        assertTrue(watched.contains("\nset -o pipefail # "), watched);
        assertTrue(
                watched.contains(
                        "\nsrun plateau-hook ./gcm.exe 2>&1 | tee gcm.log || plateau_code=$?\n"),
                watched);
    }

    @ParameterizedTest
    @CsvSource({
        "/opt/plateau 2, :-/opt/plateau 2}",
        "/opt/$(rm), :?expected the directory of Plateau}",
        "'', :?expected the directory of Plateau}"
    })
    void aJobWithoutPlateauHomeTakesTheDirectoryThatWroteItsLines(String home, String otherwise) {
        String watched = JobScript.watched(HEAD + "srun ./gcm.exe\n", name -> "", home);

        assertTrue(
                watched.contains("\nsource \"${PLATEAU_HOME" + otherwise + "/slurm/env.sh\"\n"),
                watched);
    }

    @Test
    void everyTaskOfAnArrayGetsARunDirectoryOfItsOwn() {
        String watched = watched("#!/bin/bash\n#SBATCH --array=1-4\nsrun ./gcm.exe\n");

        assertTrue(
                watched.contains("--run-directory \"plateau-${SLURM_ARRAY_TASK_ID:-0}\""), watched);
    }

    @Test
    void aHeterogeneousJobWhoseModelHasTheFirstComponentIsWatched() {
        String script =
                "#!/bin/bash\n#SBATCH -N2\n#SBATCH hetjob\n#SBATCH -N1\nsrun --het-group=0 ./gcm.exe\n";

        assertTrue(watched(script).contains("srun --het-group=0 plateau-hook ./gcm.exe || "));
    }

    @Test
    void twoModelLinesAndOtherShellsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> watched(HEAD + "srun ./a\nsrun ./b\n"));
        assertThrows(IllegalArgumentException.class, () -> watched("#!/bin/csh\nsrun ./a\n"));
        String dos = "#!/bin/bash\nmodule load mpi\r\nsrun ./a\r\n";
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> watched(dos))
                        .getMessage()
                        .startsWith("line 2: found a line that ends as in DOS"));
    }
}
