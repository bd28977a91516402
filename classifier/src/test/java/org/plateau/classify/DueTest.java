package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DueTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PAUSE = Duration.ofSeconds(15);

    @TempDir Path folder;

    @Test
    void whatWasDoneIsDueAgainAfterThePause() {
        Due due = new Due();
        assertTrue(due.after(PAUSE, NOON), "never done yet");
        due.done(NOON);
        assertFalse(due.after(PAUSE, NOON.plusSeconds(14)));
        assertTrue(due.after(PAUSE, NOON.plusSeconds(15)));
    }

    @Test
    void aClockThatIsSetBackKeepsNothingWaiting() {
        Due due = new Due();
        due.done(NOON);
        Instant earlier = NOON.minusSeconds(3600);
        assertTrue(due.after(PAUSE, earlier));
        due.done(earlier);
        assertFalse(due.after(PAUSE, earlier.plusSeconds(1)));
    }

    /** A clock that a test sets. */
    private static final class Hands extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    void nodesAreStillLookedAtOnceTheClockHasBeenSetBack() throws Exception {
        Hands clock = new Hands();
        NodeStatus nodes = new NodeStatus(folder, clock);
        assertEquals(0, nodes.latest().size());
        Files.writeString(folder.resolve("node-a.json"), "{\"host\": \"a\"}");
        clock.now = NOON.minusSeconds(3600);
        assertEquals(1, nodes.latest().size());
    }
}
