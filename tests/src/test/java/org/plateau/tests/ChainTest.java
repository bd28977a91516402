package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code slurm/chain.sbatch} on a real Slurm: minigcm in segments of 12 days, 24 outputs, each
 * started from a checkpoint two days before the end of the one before.
 */
@Tag("slurm")
@ExtendWith({Workplace.class, SharedSlurm.class})
@Execution(ExecutionMode.CONCURRENT)
class ChainTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SEGMENT = 24;
    private static final int AGAIN = 4;
    private static final Pattern ACCOUNT =
            Pattern.compile(
                    "written\\s+(\\d+)\\s+=\\s+used\\s+(\\d+)\\s+\\+\\s+metadata\\s+(\\d+)\\s+\\+"
                            + "\\s+superseded\\s+(\\d+)\\s+\\+\\s+orphan\\s+(\\d+)\\s+\\+"
                            + "\\s+dropped\\s+(\\d+)\\s+\\+\\s+torn\\s+(\\d+)");
    private static final Pattern NEXT =
            Pattern.compile("segment \\d+ job (\\d+) next (\\d+)", Pattern.MULTILINE);

    private static final String SEGMENT_SCRIPT =
            """
            #!/bin/bash
            # minigcm from the checkpoint of the segment before to two days past the next one.
            set -eu
            from=
            [ "$PLATEAU_SEGMENT" -eq 1 ] || from=checkpoint$((PLATEAU_SEGMENT - 1)).nc
            namelist() { cat <<NML
            &run
              title = 'chain', output_hours = 12, quiet = .true., days = $1, plateau = .true.
              restart_in = '$from', output_file = '$2', restart_out = '$3'
            /
            &grid truncation = 21, levels = 2, top_bar = 1e-3, bottom_bar = 1e-2 /
            &planet /
            &forcing
              tau_rad_bar = 0.001, 0.03, tau_rad_days = 0.1, 1
              tau_drag_bar = 0.01, 0.1, tau_drag_days = 1, 2
            /
            NML
            }
            namelist 10 unwatched.nc checkpoint$PLATEAU_SEGMENT.nc >checkpoint.nml
            mpirun --oversubscribe -np 1 minigcm checkpoint.nml
            namelist 12 minigcm.nc end.nc >minigcm.nml
            exec mpirun --oversubscribe -np 1 plateau-hook minigcm minigcm.nml
            """;

    private static final String SETTINGS =
            """
            classify: {labels: computed}
            equilibration: {minimumSamples: 48, horizon: 20 d, radiativeTimes: 0}
            """;

    @Test
    void threeSegmentsCarryTheirSeriesOnAndTheChainEndsByItself(Path work, Slurm slurm)
            throws Exception {
        ModelRun run = ModelRun.with(work, "").settings(SETTINGS);
        Path model = Files.writeString(work.resolve("segment.sh"), SEGMENT_SCRIPT);
        assertTrue(model.toFile().setExecutable(true));
        List<String> jobs = follow(slurm, work, submit(slurm, work, model));

        assertEquals(3, jobs.size(), () -> said(work, jobs));
        assertEquals(3, known(slurm), () -> said(work, jobs));
        assertTrue(said(work, jobs).contains("equilibrated after 3 segment(s)"));
        RunDirectory results = new RunDirectory(run.results());
        assertEquals("equilibrated", results.status().path("run_verdict").path("verdict").asText());
        assertEveryTimeOnce(results);
        assertAccountClosedPerSegment(jobFiles(work));
        assertTrue(results.closedAccount() > 0);
    }

    private static String submit(Slurm slurm, Path work, Path model) throws Exception {
        return slurm.submit(
                work,
                Map.of(
                        "PLATEAU_HOME", Workplace.home().toString(),
                        "PLATEAU_SEGMENTS", "6",
                        "PLATEAU_MODEL", model.toString()),
                Workplace.home().resolve("slurm/chain.sbatch").toString());
    }

    /** Waits for the job and for all that follow it; every one must end well. */
    private static List<String> follow(Slurm slurm, Path work, String first) throws Exception {
        List<String> jobs = new ArrayList<>();
        String job = first;
        while (job != null) {
            jobs.add(job);
            assertEquals("COMPLETED", slurm.await(job, LIMIT), () -> said(work, jobs));
            job = successor(work, job);
        }
        return jobs;
    }

    private static String successor(Path work, String job) throws IOException {
        Path list = work.resolve("chain.txt");
        if (!Files.exists(list)) {
            return null;
        }
        return NEXT.matcher(Files.readString(list))
                .results()
                .filter(line -> line.group(1).equals(job))
                .map(line -> line.group(2))
                .findFirst()
                .orElse(null);
    }

    /** How many jobs of chains Slurm has ever been given. */
    private static long known(Slurm slurm) throws Exception {
        return slurm.command("scontrol", "--oneliner", "show", "job")
                .succeeded()
                .text()
                .lines()
                .filter(line -> line.contains(" JobName=gcm-chain "))
                .count();
    }

    private static void assertEveryTimeOnce(RunDirectory results) {
        double[] time = results.results().time().values();
        assertEquals(3 * SEGMENT - 2 * AGAIN, time.length);
        for (int i = 0; i < time.length; i++) {
            assertEquals((i + 1) / 2.0, time[i], 1e-9);
        }
    }

    private static void assertAccountClosedPerSegment(List<Path> files) throws IOException {
        assertEquals(3, files.size());
        for (Path file : files) {
            Matcher account = ACCOUNT.matcher(Files.readString(file));
            assertTrue(account.find(), () -> "expected an account in " + file);
            MatchResult numbers = account.toMatchResult();
            long sum = 0;
            for (int i = 2; i <= numbers.groupCount(); i++) {
                sum += Long.parseLong(numbers.group(i));
            }
            assertEquals(Long.parseLong(numbers.group(1)), sum, account.group());
            assertEquals("0", numbers.group(6), account.group());
            // The segment's status tells it once more.
            while (account.find()) {
                assertEquals(numbers.group(1), account.group(1), account.group());
            }
        }
    }

    private static List<Path> jobFiles(Path work) throws IOException {
        try (var files = Files.list(work)) {
            return files.filter(f -> f.getFileName().toString().matches("gcm-\\d+\\.out"))
                    .sorted()
                    .toList();
        }
    }

    private static String said(Path work, List<String> jobs) {
        StringBuilder text = new StringBuilder("jobs " + jobs + "\n");
        try {
            for (Path file : jobFiles(work)) {
                text.append(file).append(":\n").append(Files.readString(file));
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }
}
