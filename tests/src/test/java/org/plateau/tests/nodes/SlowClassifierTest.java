package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The inbox is full before anybody reads it. */
@Tag("coupler")
@Timeout(180)
class SlowClassifierTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void theModelDoesNotWaitAndTheLossIsCounted() throws Exception {
        String small = "maxBytes: 64 MiB\n  segmentBytes: 4 MiB\n  keepFree: 0 B";
        try (Scenario scenario = Scenario.on(work, 2, "", small).rings(16).start()) {
            scenario.step().awaitRank(1);
            scenario.write(1, 200, 250_000, 2000);
            scenario.write(2, 300, 250_000, 2000);
            scenario.awaitWriters();
            scenario.announceEnd();
            Scenario.eventually("the end of all writes", () -> consumedAll(scenario, 1000));
            scenario.finish(1000);
            assertTrue(scenario.inbox().dropped() > 0, "more was written than there was room for");
            assertTrue(scenario.inbox().data() > 200, "the rest came through");
        }
    }

    @Test
    void anInboxFilledByAnotherNodeAloneGoesOnOnceItIsRead() throws Exception {
        String small = "maxBytes: 64 MiB\n  segmentBytes: 4 MiB\n  keepFree: 0 B";
        try (Scenario scenario = Scenario.on(work, 2, "", small).rings(128).start()) {
            scenario.step().awaitRank(1); // the ring has room for all until the drain has begun
            scenario.write(2, 110, 250_000, 2000);
            scenario.awaitWriters();
            scenario.announceEnd();
            Scenario.eventually("a full inbox", () -> scenario.coupler().contains("relays wait"));
            Scenario.eventually("the end of all writes", () -> consumedAll(scenario, 220));
            scenario.finish(220);
            assertEquals(0, scenario.inbox().dropped(), "everything came through");
        }
    }

    @Test
    void anInboxFilledByTheSinksNodeAloneGoesOnOnceItIsRead() throws Exception {
        String small = "maxBytes: 64 MiB\n  segmentBytes: 4 MiB\n  keepFree: 0 B";
        try (Scenario scenario = Scenario.on(work, 2, "", small).rings(128).start()) {
            scenario.step().awaitRank(1);
            scenario.write(1, 110, 250_000, 2000);
            scenario.awaitWriters();
            scenario.announceEnd();
            Scenario.eventually("a full inbox", () -> scenario.coupler().contains("in the rings"));
            Scenario.eventually("the end of all writes", () -> consumedAll(scenario, 220));
            scenario.finish(220);
            assertEquals(0, scenario.inbox().dropped(), "everything came through");
        }
    }

    private static boolean consumedAll(Scenario scenario, long writes) {
        scenario.consume(20);
        return scenario.inbox().written() == writes;
    }
}
