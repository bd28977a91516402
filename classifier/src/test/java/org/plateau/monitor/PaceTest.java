package org.plateau.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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
                pace.told();
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
        told(300, 40 * MS); // what was saved up is used
        long before = effort;
        int news = told(1000, 40 * MS);
        assertEquals(125, news, 2);
        assertTrue(effort - before <= 1000 * SECOND / 200 + 40 * MS, "took " + (effort - before));
    }

    @Test
    void newsTakesAHundredthOfAProcessorAtMostOverAnyTenSeconds() {
        for (long cost : new long[] {2 * MS, 6 * MS, 15 * MS, 30 * MS, 50 * MS, 80 * MS}) {
            long[] spent = new long[200];
            told(100, cost);
            now += 100 * SECOND; // as much as can be is saved up
            for (int s = 0; s < spent.length; s++) {
                spent[s] = told(1, cost) * cost;
            }
            for (int s = 0; s + 10 <= spent.length; s++) {
                long tenSeconds = Arrays.stream(spent, s, s + 10).sum();
                long most = Math.max(cost, 100 * MS);
                assertTrue(tenSeconds <= most, cost + " each: took " + tenSeconds);
            }
        }
    }

    @Test
    void whatSomebodyAskedForDelaysTheNewsAndDoesNotMakeItDearer() {
        told(10, MS);
        effort += 90 * MS; // a page is opened
        assertEquals(0, told(7, MS));
        assertEquals(20, told(21, MS), 1);
    }

    @Test
    void newsComesWithinTwentySecondsWhateverItCosts() {
        effort += 100 * SECOND;
        assertEquals(1, told(11, 100 * SECOND), 1);
        told(1, 100 * SECOND);
        assertEquals(5, told(100, 100 * SECOND), 1);
    }
}
