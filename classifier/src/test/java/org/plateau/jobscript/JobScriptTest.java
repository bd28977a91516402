package org.plateau.jobscript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                        + "mpirun -np 4 plateau-hook ./gcm.exe || plateau_code=$?",
                "time -p srun --mpi pmix --cpu_bind cores ./gcm.exe @"
                        + "time -p srun --mpi pmix --cpu_bind cores plateau-hook ./gcm.exe"
                        + " || plateau_code=$?",
                "env OMP_NUM_THREADS=1 aprun -n 4 -N 2 -d 2 -cc cpu ./gcm.exe @"
                        + "env OMP_NUM_THREADS=1 aprun -n 4 -N 2 -d 2 -cc cpu plateau-hook"
                        + " ./gcm.exe || plateau_code=$?"
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
                "srun ./gcm.exe | tee log & @ line 4: found '&'",
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
                "srun --strange 4 ./gcm.exe @ --strange",
                "ibrun ./gcm.exe @ line 4: found ibrun, a launcher that is not known here",
                "RUN='srun -n 4' @ line 4: found the model's launcher in a variable",
                "cd run && srun ./gcm.exe @ give the model a line of its own",
                "srun ./a && srun ./b @ line 4: found '&&'",
                "srun ./a || mail me <<EOF @ line 4: found '||'",
                "date; plateau start --settings a @ its lines already",
                "echo it's srun @ line 4: found a quote that nothing closes",
                "done @ line 4: found 'done' that closes nothing"
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "case $1 in\n a) date ;;\n *) pwd ;;\nesac\nfor i in 1 2; do\n",
                "awk '\n}\n' x\nfunction run {\n",
                "echo \"\nfi\n\"\nif true\nthen\n",
                "while ((i << 2 > 0)); do\n"
            })
    void whatLooksLikeTheEndOfALoopIsNone(String before) {
        String script = HEAD + before + "  srun ./gcm.exe\n";

        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> watched(script))
                        .getMessage()
                        .contains("in a loop"));
    }

    @Test
    void textInQuotesToolsAndCommentsStartNoModel() {
        String others =
                "echo '\nsrun ./other\n'\nsed \"s/a/b/\n}\" x # don't srun\nsrun hostname | sort\n"
                        + "mpirun --version\ncase $1 in\n a) date ;;\nesac\n";
        String watched = watched(HEAD + others + "srun ./gcm.exe\n");

        assertTrue(watched.startsWith(HEAD + others + "# Plateau: "), watched);
        assertTrue(watched.contains("\nsrun plateau-hook ./gcm.exe || plateau_code=$?\n"));
    }

    /**
     * What stands before the first blank goes to bash; it prints when finish comes, and its end.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "srun ./gcm.exe || exit 1 @ 9 @ finish @ 1",
                "srun ./gcm.exe && echo next @ 0 @ finish next @ 0",
                "srun ./gcm.exe && echo next @ 9 @ finish @ 9",
                "srun ./gcm.exe; echo was $? @ 9 @ finish was 9 @ 0",
                "srun ./gcm.exe || { echo bad; exit 5; } # all @ 9 @ finish bad @ 5",
                "srun ./gcm.exe | cat || exit 4 @ 9 @ finish @ 4",
                "srun ./gcm.exe |& tee log @ 9 @ finish @ 9",
                "exec srun ./gcm.exe @ 9 @ finish @ 9",
                "OMP_NUM_THREADS=1 \\\\n srun ./gcm.exe @ 9 @ finish @ 9",
                "srun ./gcm.exe \\\\n\\n @ 9 @ finish @ 9",
                "srun ./gcm.exe \\\\n  # with a comment @ 9 @ finish @ 9",
                "set -e\\nsrun ./gcm.exe\\necho on @ 9 @ finish @ 9",
                "set -e\\nsrun ./gcm.exe | cat\\nfalse | echo on @ 0 @ finish on @ 0"
            })
    void finishComesBeforeWhatTheScriptDoesByTheModelsExitCode(
            String lines, int model, String said, int code) throws Exception {
        Files.createDirectories(folder.resolve("slurm"));
        Files.writeString(
                folder.resolve("slurm/env.sh"),
                "plateau() { [ $1 != finish ] || echo finish; }\nsrun() { return "
                        + model
                        + "; }\nmodule() { :; }\n");
        String script = HEAD + lines.replace("\\\\n", "\\\n").replace("\\n", "\n") + "\n";
        Path file = Files.writeString(folder.resolve("job.sh"), watched(script));
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString());
        builder.directory(folder.toFile()).environment().put("PLATEAU_HOME", folder.toString());
        Process bash = builder.redirectErrorStream(true).start();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(code, bash.waitFor(), text);
        assertEquals(
                said,
                text.replaceAll("(?m)^.*module: command not found\n", "")
                        .strip()
                        .replaceAll("\\s+", " "),
                Files.readString(file));
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
