package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.results.Results;

/**
 * What was labelled while the model ran, through hook, ring, coupler and queue, against the replay
 * of the files that it left. Floats are compared by their bits.
 */
@Tag("science")
@ExtendWith(Workplace.class)
class LiveAndReplayTest {
    private static final int OUTPUTS = 80;

    @Test
    void theReplayOfARunGivesTheLabelsAndVerdictsThatItHadWhileItRan(Path work) throws Exception {
        ModelRun run = ModelRun.small(work, "float", OUTPUTS).ranks(2);
        run.watch();
        Program.in(work, "plateau", "replay", "-s", "plateau.yaml", "-r", "again", "minigcm.nc")
                .run()
                .succeeded();

        RunDirectory live = new RunDirectory(run.results());
        RunDirectory again = new RunDirectory(work.resolve("again"));
        assertSame(live.results(), again.results());
        assertSame(live.status(), again.status());
        assertEquals(
                -1,
                Files.mismatch(run.results().resolve("maps.nc"), work.resolve("again/maps.nc")),
                "the maps that were labelled");
    }

    private static void assertSame(Results live, Results again) {
        assertEquals(OUTPUTS, live.outputs());
        assertArrayEquals(live.time().values(), again.time().values());
        assertEquals(live.time().units(), again.time().units());
        assertArrayEquals(live.pressure(), again.pressure());
        assertArrayEquals(live.gap(), again.gap());
        assertArrayEquals(live.probability(), again.probability());
        assertArrayEquals(live.nothing(), again.nothing());
        assertArrayEquals(live.unlike(), again.unlike());
        assertArrayEquals(live.metricValue(), again.metricValue());
        assertArrayEquals(live.verdict(), again.verdict());
        assertArrayEquals(live.levelVerdict(), again.levelVerdict());
        assertArrayEquals(live.column().value(), again.column().value());
        assertArrayEquals(live.column().verdict(), again.column().verdict());
        assertArrayEquals(live.steady(), again.steady());
        Set<String> kinds = new TreeSet<>();
        for (byte[][] output : live.verdict()) {
            for (byte[] level : output) {
                for (byte verdict : level) {
                    kinds.add(verdict < 0 ? "missing" : live.verdicts().get(verdict));
                }
            }
        }
        assertTrue(kinds.size() >= 3, "expected verdicts of several kinds, found " + kinds);
    }

    /** What people read of it. */
    private static void assertSame(JsonNode live, JsonNode again) {
        assertEquals(live.path("levels"), again.path("levels"));
        assertEquals(live.path("column"), again.path("column"));
        assertEquals(live.at("/run_verdict/verdict"), again.at("/run_verdict/verdict"));
        assertEquals(live.at("/run_verdict/missing"), again.at("/run_verdict/missing"));
    }
}
