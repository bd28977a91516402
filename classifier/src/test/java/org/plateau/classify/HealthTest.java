package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

    @TempDir Path folder;

    @Test
    void theLagCountsFromTheModelsWriteAndTheLongestIsKept() {
        Health health = new Health(Clock.fixed(NOW, ZoneOffset.UTC), "cpu");
        assertNull(health.report().get("lagSeconds"));
        health.labelled(NOW.minusMillis(2500));
        health.labelled(NOW.minusMillis(500));
        Map<String, Object> report = health.report();
        assertEquals(0.5, (Double) report.get("lagSeconds"), 1e-9);
        assertEquals(2.5, (Double) report.get("longestLagSeconds"), 1e-9);
        assertTrue((Long) report.get("heapUsedBytes") <= (Long) report.get("heapMaxBytes"));
        assertFalse(report.containsKey("gpuBusy"), "there is no GPU");
    }

    @Test
    void theGpusLineIsUnderstoodOrIgnored() {
        GpuUse.Look look = GpuUse.parse("37, 1024, 81559\n");
        assertEquals(0.37, look.busy(), 1e-12);
        assertEquals(1024L << 20, look.usedBytes());
        assertNull(GpuUse.parse("No devices were found"));
        assertNull(GpuUse.parse("[N/A], 1, 2"));
    }

    @Test
    void whatTheCouplersSayIsReadAtMostEveryFiveSeconds() throws Exception {
        Clock[] clock = {Clock.fixed(NOW, ZoneOffset.UTC)};
        NodeStatus nodes = new NodeStatus(folder, clock[0]);
        Files.writeString(folder.resolve("node-n1.json"), "{\"host\": \"n1\"}");
        Files.writeString(folder.resolve("node-n2.json"), "{\"host\": ");
        assertEquals("n1", nodes.latest().get(0).get("host"));
        assertEquals(1, nodes.latest().size(), "half a file is left out");
        Files.delete(folder.resolve("node-n1.json"));
        assertEquals(1, nodes.latest().size(), "not looked at again yet");
    }
}
