package org.plateau.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1000 * MS;

    private long now = 17;
    private long effort = 5;
    private final Pace pace = new Pace(() -> now, () -> effort);

    /** Seconds with news among so many, each news costing so much to tell. */
    private int told(int seconds, long cost) {
        int news = 0;
        for (int s = 0; s < seconds; s++) {
            now += SECOND;
            if (pace.due()) {
                news++;
                effort += cost;
            }
        }
        return news;
    }

    @Test
    void oneViewerIsToldEverySecond() {
        assertEquals(1000, told(1000, 4 * MS));
    }

    @Test
    void manyViewersAreToldMoreSeldomSoThatAllTogetherCostTheSame() {
        told(300, 40 * MS); // what may be taken at once is used up
        long before = effort;
        int news = told(1000, 40 * MS);
        assertEquals(125, news, 2);
        assertTrue(effort - before <= 1000 * SECOND / 200 + 40 * MS, "took " + (effort - before));
    }

    @Test
    void openingPagesDoesNotDelayTheNews() {
        effort += 190 * MS;
        now += SECOND;
        assertTrue(pace.due());
    }

    @Test
    void newsComesAfterTenSecondsWhateverItCosts() {
        effort += 100 * SECOND;
        now += SECOND;
        assertFalse(pace.due());
        now += 9 * SECOND;
        assertFalse(pace.due());
        now += SECOND;
        assertTrue(pace.due());
    }
}
