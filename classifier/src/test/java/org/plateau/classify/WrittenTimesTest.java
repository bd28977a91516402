package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrittenTimesTest {
    private final WrittenTimes times = new WrittenTimes();

    private static WrittenMean mean(String name, int day) {
        return new WrittenMean(name, "W m-2", day, 1000L * day, day);
    }

    private List<Double> ready(boolean all) {
        return times.ready(all).stream().map(WrittenTimes.Ready::days).toList();
    }

    @Test
    void aTimeIsCompleteWhenEverythingKnownHasComeThatFar() {
        times.add(mean("a", 1));
        assertEquals(List.of(), ready(false), "nobody knows what else will come");
        times.add(mean("b", 1));
        times.add(mean("a", 2));
        assertEquals(List.of(1.0), ready(false));
        times.add(mean("a", 3));
        assertEquals(List.of(), ready(false), "b has not come to 2");
        times.add(mean("b", 2));
        assertEquals(List.of(2.0), ready(false));
        assertEquals(List.of(3.0), ready(true));
    }

    @Test
    void whatComesInAnyOrderIsPutTogetherByTime() {
        times.add(mean("a", 1));
        times.add(mean("b", 1));
        times.add(mean("a", 2));
        times.add(mean("a", 3));
        times.add(mean("b", 2));
        times.add(mean("b", 3));
        List<WrittenTimes.Ready> all = times.ready(true);
        assertEquals(List.of(1.0, 2.0, 3.0), all.stream().map(r -> r.days()).toList());
        all.forEach(r -> assertEquals(Set.of("a", "b"), r.written().means().keySet()));
    }

    @Test
    void whatHasCeasedToComeIsNotWaitedForForEver() {
        times.add(mean("b", 1));
        for (int day = 1; day <= 20; day++) {
            times.add(mean("a", day));
        }
        assertEquals(12, times.ready(false).size());
    }
}
