package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
    @TempDir private Path folder;

    private final AtomicLong now = new AtomicLong();
    private Path file;
    private Heartbeat heartbeat;

    @BeforeEach
    void begin() {
        file = folder.resolve("status.json");
        heartbeat = new Heartbeat(file, now::get);
    }

    private Duration after(Duration time) {
        now.addAndGet(time.toNanos());
        return heartbeat.silence();
    }

    private void beat(int number) throws Exception {
        Files.writeString(file, "{}");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * number));
    }

    @Test
    void silenceGrowsUntilTheFileIsReplaced() throws Exception {
        beat(1);
        assertEquals(Duration.ZERO, after(Duration.ofSeconds(1)));
        assertEquals(Duration.ofSeconds(1), after(Duration.ofSeconds(1)));
        assertEquals(Duration.ofSeconds(2), after(Duration.ofSeconds(1)));
        beat(2);
        assertEquals(Duration.ZERO, after(Duration.ofSeconds(1)));
    }

    @Test
    void whatAPartTakesToBeginDoesNotCount() throws Exception {
        assertEquals(Duration.ZERO, after(Duration.ofSeconds(2)));
        beat(1);
        after(Duration.ofSeconds(1));
        after(Duration.ofSeconds(1));
        heartbeat.begin();
        assertEquals(Duration.ZERO, after(Duration.ofSeconds(1)));
    }

    @Test
    void timeInWhichNobodyLookedHardlyCounts() throws Exception {
        beat(1);
        after(Duration.ofSeconds(1));
        assertEquals(Duration.ofSeconds(2), after(Duration.ofHours(7)));
    }
}
