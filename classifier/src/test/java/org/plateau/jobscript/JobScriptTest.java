package org.plateau.jobscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobScriptTest {
    private static final String HEAD = "#!/bin/bash\n#SBATCH --ntasks=4\nmodule load mpi\n";

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
                "mpirun -np 8 ./lmdz.x : -np 2 ./xios_server.exe @"
                        + "mpirun -np 8 ./lmdz.x : -np 2 plateau-hook ./xios_server.exe"
                        + " || plateau_code=$?",
                "mpirun -np 4 ./gcm.exe # the model @"
                        + "mpirun -np 4 plateau-hook ./gcm.exe || plateau_code=$? # the model",
                "mpirun -np 4 plateau-hook ./gcm.exe @"
                        + "mpirun -np 4 plateau-hook ./gcm.exe || plateau_code=$?"
            })
    void theModelsLineKeepsItsWordsAndItsExitCode(String line, String expected) {
        String watched =
                JobScript.watched(HEAD + "echo mpirun starts\n# srun old\n" + line + "\ndate\n");

        assertTrue(watched.contains("\n" + expected + "\nplateau finish"), watched);
        assertTrue(watched.startsWith(HEAD), watched);
        assertTrue(watched.endsWith("\ndate\n"), watched);
    }

    @Test
    void aLineThatGoesOnOverSeveralIsOneLine() {
        String watched = JobScript.watched(HEAD + "set -e\nmpirun -np 4 \\\n  ./gcm.exe \\\n  a\n");

        assertTrue(watched.contains("\n  plateau-hook ./gcm.exe \\\n  a || plateau_code=$?\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "./gcm.exe @ found none",
                "srun ./a;srun ./b @ line 4: found ';'",
                "exec srun ./gcm.exe @ line 4: found exec",
                "mpirun ./gcm.exe | tee log @ line 4: found '|'",
                "srun ./gcm.exe & @ line 4: found '&'",
                "if srun ./gcm.exe; then date; fi @ inside another command",
                "x=$(srun ./gcm.exe) @ line 4: found",
                "srun --multi-prog gcm.conf @ plateau-hook before the writing program",
                "mpirun -np 1 ./a : -np 2 ./b @ one program that writes",
                "cat <<EOF @ here-document",
                "plateau start --settings a @ its lines already",
                "srun $OPTIONS ./gcm.exe @ the program that writes",
                "srun --strange 4 ./gcm.exe @ --strange"
            })
    void whatIsNotClearIsRefusedWithOneLine(String line, String why) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> JobScript.watched(HEAD + line + "\n"));

        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @ParameterizedTest
    @CsvSource({"for i in 1 2; do,done", "if true; then,fi", "run() {,}", "while true,done"})
    void aModelInALoopAConditionOrAFunctionIsRefused(String open, String close) {
        String script = HEAD + open + "\n  srun ./gcm.exe\n" + close + "\n";

        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> JobScript.watched(script))
                        .getMessage()
                        .contains("in a loop"));
    }

    @Test
    void twoModelLinesAndOtherShellsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> JobScript.watched(HEAD + "srun ./a\nsrun ./b\n"));
        assertThrows(
                IllegalArgumentException.class, () -> JobScript.watched("#!/bin/csh\nsrun ./a\n"));
    }
}
