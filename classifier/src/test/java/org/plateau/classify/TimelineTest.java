package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.plateau.classify.Timeline.Effect;

class TimelineTest {
    private final Timeline timeline = new Timeline();

    @Test
    void aRestartFromAnEarlierTimeTakesBackWhatCameAfterIt() {
        for (int entry = 0; entry < 100; entry++) {
            assertEquals(Effect.NEXT, timeline.accept("", entry, 10 * entry, false));
        }
        assertEquals(Effect.BACK, timeline.accept("", 100, 605, false));
        assertTrue(timeline.counts("", 60));
        assertFalse(timeline.counts("", 61));
        assertFalse(timeline.counts("", 99));
        assertTrue(timeline.counts("", 100));
        assertEquals(Effect.NEXT, timeline.accept("", 101, 615, false));
    }

    @Test
    void theSameTimeWrittenAgainIsARestart() {
        timeline.accept("", 0, 10, false);
        timeline.accept("", 1, 20, false);
        assertEquals(Effect.BACK, timeline.accept("", 2, 10, false));
        assertFalse(timeline.counts("", 0));
    }

    @Test
    void whatFillsAGapLateTakesNothingBack() {
        timeline.accept("", 0, 10, false);
        timeline.accept("", 1, 20, true);
        timeline.accept("", 2, 30, false);
        assertEquals(Effect.KNOWN, timeline.accept("", 3, 20, false));
        assertTrue(timeline.counts("", 2));
        assertEquals(Effect.BACK, timeline.accept("", 4, 20, false), "and then it is no gap");
    }

    @Test
    void everySeriesHasATimelineOfItsOwn() {
        timeline.accept("a", 0, 10, false);
        assertEquals(Effect.NEXT, timeline.accept("b", 1, 5, false));
        assertFalse(timeline.counts("a", 1));
    }
}
