package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Session;
import org.plateau.results.Results;
import org.plateau.tests.Program.Outcome;

/**
 * One captured run, labelled twice from its inbox: once in peace on one device, once on two devices
 * by a classifier that is killed again and again.
 */
@Tag("coupler")
@ExtendWith(Workplace.class)
class ClassifierKilledAtAnyInstantTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int OUTPUTS = 80;
    private static final int LEVELS = 10;
    private static final int KILLS = 5;

    @Test
    void labelsVerdictsAndAccountAreThoseOfAnUndisturbedRun(Path work) throws Exception {
        capture(work);
        RunDirectory calm = classify(work, "calm", "cpu", 0);
        RunDirectory killed = classify(work, "killed", "[cpu, cpu]", KILLS);

        Results expected = calm.results();
        Results found = killed.results();
        assertEquals(OUTPUTS, expected.outputs());
        assertArrayEquals(expected.time().values(), found.time().values());
        assertArrayEquals(expected.gap(), found.gap());
        assertArrayEquals(expected.probability(), found.probability());
        assertArrayEquals(expected.nothing(), found.nothing());
        assertArrayEquals(expected.unlike(), found.unlike());
        assertArrayEquals(expected.metricValue(), found.metricValue());
        assertArrayEquals(expected.verdict(), found.verdict());
        assertArrayEquals(expected.levelVerdict(), found.levelVerdict());
        assertEquals(calm.closedAccount(), killed.closedAccount());
        assertEquals(calm.status().path("account"), killed.status().path("account"));
        assertEquals(OUTPUTS * LEVELS, maps(calm)[0]);
        JsonNode engine = killed.status().path("engine");
        assertEquals("cpu,cpu", engine.path("device").asText(), engine.toString());
    }

    private static long[] maps(RunDirectory run) throws IOException {
        JsonNode counts = run.status().path("engine").path("labelledByDevice");
        long[] maps = new long[counts.size()];
        for (int k = 0; k < maps.length; k++) {
            maps[k] = counts.get(k).asLong();
        }
        return maps;
    }

    /** The model with the hook, and a coupler that leaves all it wrote in the inbox. */
    private static void capture(Path work) throws Exception {
        ModelRun run =
                ModelRun.with(
                        work,
                        """
                        &run
                          title = 'test', output_hours = 12, days = 40, quiet = .true.
                        /
                        &grid truncation = 21, levels = 10, top_bar = 1e-3, bottom_bar = 100 /
                        &planet /
                        &forcing
                          tau_rad_bar = 0.001, 0.03, 1, 100
                          tau_rad_days = 0.1, 1, 8, 400
                        /
                        """);
        Path session = work.resolve("session");
        Session.create(session, HookSettings.defaults()).close();
        run.hooked().with("PLATEAU_SESSION", session.toString()).run(LIMIT).succeeded();
        Files.writeString(session.resolve("finish"), "");
        Program.in(work, "plateau", "coupler", "--settings", "plateau.yaml", "--session", "session")
                .run(LIMIT)
                .succeeded();
    }

    /** Labels the inbox in a run directory of its own, killed that many times on the way. */
    private static RunDirectory classify(Path work, String name, String devices, int kills)
            throws Exception {
        Path directory = Files.createDirectories(work.resolve(name));
        Files.writeString(
                work.resolve(name + ".yaml"),
                "run: {name: test, directory: %s}\nnetwork: {engine: onnx, device: %s, threads: 1}\n"
                        .formatted(directory, devices));
        Path queue = work.resolve(name + "-queue");
        Program.in(work, "cp", "-a", "--sparse=always", "queue", queue.toString())
                .run()
                .succeeded();
        Program classifier =
                Program.in(
                                work,
                                "plateau",
                                "classify",
                                "--settings",
                                name + ".yaml",
                                "--queue",
                                queue.toString())
                        .named(name);
        // As much as lets all kills fall within the work.
        long most = size(work.resolve("calm/journal")) / (kills + 1);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            assertTrue(
                    killedOnTheWay(classifier.start(), directory, most, random),
                    "it ended before kill " + kill + ", seed " + seed);
        }
        // Only now is it told that no more will come: until then it cannot be done.
        Files.writeString(directory.resolve("end.json"), "{}");
        Outcome last = classifier.run(LIMIT).succeeded();
        assertEquals(0, last.code());
        return new RunDirectory(directory);
    }

    /**
     * Kills it once its journal has grown by a little, or before it has begun to write; where it
     * was too fast for that, when it waits for more.
     */
    private static boolean killedOnTheWay(Process process, Path directory, long most, Random random)
            throws Exception {
        Path journal = directory.resolve("journal");
        long start = size(journal);
        long least = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt((int) most);
        Eventually.holds(
                "the journal grows",
                LIMIT,
                () ->
                        !process.isAlive()
                                || size(journal) - start >= least
                                || outputs(directory) == OUTPUTS);
        boolean alive = process.isAlive();
        process.destroyForcibly().waitFor();
        return alive;
    }

    private static int outputs(Path directory) {
        return Files.exists(directory.resolve("results.nc"))
                ? new RunDirectory(directory).results().outputs()
                : 0;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
