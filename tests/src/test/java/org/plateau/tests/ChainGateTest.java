package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plateau.tests.Program.Outcome;

/**
 * When {@code slurm/chain.sbatch} submits a next segment, with commands on the PATH that answer
 * what the test wants: {@code sbatch} notes what it was asked, {@code plateau} ends with a given
 * code.
 */
@Tag("slurm")
@ExtendWith(Workplace.class)
class ChainGateTest {
    private static final Path SCRIPT = Workplace.home().resolve("slurm/chain.sbatch");
    private static final String REAL = Workplace.home().resolve("slurm/bin/plateau").toString();

    private static Program chain(Path work, String model) throws IOException {
        Path bin = Files.createDirectories(work.resolve("bin"));
        executable(bin.resolve("sbatch"), "echo $PLATEAU_SEGMENT \"$@\" >>submitted; echo 8");
        executable(
                bin.resolve("plateau"),
                "case $1 in start) exit ${START:-0};; finish) exit ${FINISH:-0};; esac\n"
                        + "[ -n \"${ANSWER:-}\" ] && exit $ANSWER\n"
                        + "exec "
                        + REAL
                        + " \"$@\"");
        executable(work.resolve("model"), model);
        Files.writeString(work.resolve("plateau.yaml"), "run: {directory: plateau}\n");
        return Program.in(work, "bash", SCRIPT.toString())
                .named("job")
                .with("PATH", bin + ":" + REAL.replace("/plateau", "") + ":/usr/bin:/bin")
                .with("PLATEAU_HOME", Workplace.home().toString())
                .with("PLATEAU_MODEL", work.resolve("model").toString())
                .with("PLATEAU_SEGMENTS", "3")
                .with("SLURM_JOB_ID", "7");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private static void assertNothingSubmitted(Path work, Outcome outcome) {
        assertFalse(Files.exists(work.resolve("submitted")), outcome.text());
    }

    @Test
    void notYetSubmitsTheNextSegmentOnceThisJobHasEndedWell(Path work) throws Exception {
        chain(work, "exit 0").with("ANSWER", "1").run().succeeded();

        String submitted = Files.readString(work.resolve("submitted"));
        assertTrue(submitted.startsWith("2 "), submitted);
        assertTrue(submitted.contains("--dependency=afterok:7 "), submitted);
        assertEquals(1, submitted.lines().count(), submitted);
    }

    @Test
    void aJobThatIsRequeuedAfterItSubmittedDoesNotSubmitAgain(Path work) throws Exception {
        chain(work, "exit 0").with("ANSWER", "1").run().succeeded();
        chain(work, "exit 0").with("ANSWER", "1").with("SLURM_RESTART_COUNT", "1").run();

        assertEquals(1, Files.readAllLines(work.resolve("submitted")).size());
    }

    @Test
    void equilibratedEndsTheChainWell(Path work) throws Exception {
        assertNothingSubmitted(work, chain(work, "exit 0").with("ANSWER", "0").run().succeeded());
    }

    /** START, FINISH, ANSWER: exit codes of plateau's commands; then the model's and the job's. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 2, 0, 3",
        "0, 0, 3, 0, 3",
        "0, 0, 127, 0, 3",
        "0, 0, 1, 9, 9",
        "0, 0, 1, 1, 1",
        "3, 0, 1, 0, 3",
        "2, 0, 1, 0, 2",
        "0, 3, 1, 0, 3",
        "0, 1, 1, 0, 3",
        "0, 1, 0, 0, 3"
    })
    void anErrorNeverSubmits(
            String start, String finish, String answer, String model, int job, Path work)
            throws Exception {
        Outcome outcome =
                chain(work, "exit " + model)
                        .with("START", start)
                        .with("FINISH", finish)
                        .with("ANSWER", answer)
                        .run();

        assertEquals(job, outcome.code(), outcome.text());
        assertNothingSubmitted(work, outcome);
    }

    @Test
    void aMissingStatusNeverSubmits(Path work) throws Exception {
        Outcome outcome = chain(work, "exit 0").run();

        assertEquals(3, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("plateau status failed (2)"), outcome.text());
        assertNothingSubmitted(work, outcome);
    }

    @Test
    void aRunThatAPersonHasStoppedIsNotGoneOnWith(Path work) throws Exception {
        Path run = Files.createDirectories(work.resolve("plateau"));
        Files.writeString(
                run.resolve("status.json"),
                "{\"state\":\"ended\",\"stop\":{\"decided\":true,\"by\":\"person\"},"
                        + "\"run_verdict\":{\"verdict\":\"not equilibrated\"}}");
        Outcome outcome = chain(work, "exit 0").run();

        assertEquals(3, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("a stop decided by person"), outcome.text());
        assertNothingSubmitted(work, outcome);
    }

    @Test
    void aJobThatIsToldToEndNeverSubmits(Path work) throws Exception {
        Outcome outcome = chain(work, "kill -TERM $PPID").with("ANSWER", "1").run();

        assertEquals(143, outcome.code(), outcome.text());
        assertNothingSubmitted(work, outcome);
    }

    @Test
    void theLastSegmentAllowedSubmitsNothingAndSaysSo(Path work) throws Exception {
        Outcome outcome =
                chain(work, "exit 0").with("ANSWER", "1").with("PLATEAU_SEGMENT", "3").run();

        assertEquals(1, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("not equilibrated after 3 segment(s)"));
        assertNothingSubmitted(work, outcome);
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "many", "-1"})
    void withoutAMostNumberOfSegmentsNothingRuns(String segments, Path work) throws Exception {
        Outcome outcome = chain(work, "touch started").with("PLATEAU_SEGMENTS", segments).run();

        assertEquals(2, outcome.code());
        assertEquals(1, outcome.text().lines().count(), outcome.text());
        assertTrue(outcome.text().contains("expected PLATEAU_SEGMENTS"), outcome.text());
        assertFalse(Files.exists(work.resolve("started")));
    }
}
