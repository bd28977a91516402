package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.results.MapArchive;
import org.plateau.results.Results;

/**
 * What was labelled while the model ran, through hook, ring, coupler and queue, against the replay
 * of the files that it left. Floats are compared by their bits.
 */
@Tag("science")
@ExtendWith(Workplace.class)
class LiveAndReplayTest {
    private static final int OUTPUTS = 80;
    private static final Pattern LEFT_OUT =
            Pattern.compile("outputs not kept, as the disk was behind: (\\d+)");

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
        assertSameMaps(run.results(), work.resolve("again"));
    }

    /** A live run does not wait for the maps' disk; then it says how many outputs it left out. */
    private static void assertSameMaps(Path live, Path again) throws Exception {
        MapArchive kept = new MapArchive(live.resolve(MapArchive.NAME));
        MapArchive all = new MapArchive(again.resolve(MapArchive.NAME));
        assertEquals(OUTPUTS, all.times().length);
        Matcher said = LEFT_OUT.matcher(Files.readString(live.resolve("classifier.log")));
        int leftOut = said.find() ? Integer.parseInt(said.group(1)) : 0;
        assertEquals(OUTPUTS - leftOut, kept.times().length);
        double[] levels = new RunDirectory(live).results().pressure();
        for (double time : kept.times()) {
            for (double level : levels) {
                MapArchive.Kept one = kept.nearest(level, time).orElseThrow();
                MapArchive.Kept other = all.nearest(level, time).orElseThrow();
                assertEquals(time, one.time());
                assertEquals(time, other.time());
                assertArrayEquals(one.map().temperature(), other.map().temperature());
                assertArrayEquals(one.map().u(), other.map().u());
                assertArrayEquals(one.map().v(), other.map().v());
                assertArrayEquals(one.map().lapse(), other.map().lapse());
            }
        }
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
