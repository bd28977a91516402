package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Session;
import org.plateau.message.RecordWriter;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/**
 * What keeps the inbox from shrinking: its reader alone, as soon as the rings are accounted for.
 */
class NodePartsTest {
    private static final int FLOATS = 1 << 18;

    @TempDir Path folder;

    private CouplerSettings settings;
    private Path session;

    @BeforeEach
    void prepare() throws IOException {
        session = folder.resolve("session");
        Session.create(session, HookSettings.defaults()).close();
        Path file = folder.resolve("plateau.yaml");
        Files.writeString(
                file,
                "run: {directory: "
                        + folder.resolve("run")
                        + "}\nqueue: {directory: "
                        + folder.resolve("queue")
                        + ", maxBytes: 52 MiB, segmentBytes: 1 MiB, keepFree: 0 B, ready: 0 B}\n");
        settings = CouplerSettings.load(file);
        Files.createDirectories(settings.run().directory());
    }

    private long segments() throws IOException {
        try (var files = Files.list(settings.queue().inbox())) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        }
    }

    private static void fill(RecordQueue inbox) {
        ByteBuffer record =
                new RecordWriter()
                        .data(3, 1)
                        .slab(new long[] {0}, new long[] {FLOATS})
                        .payload(new float[FLOATS])
                        .build();
        for (int i = 1; i <= 6; i++) {
            inbox.append(record.putLong(24, i));
        }
    }

    private void readAll(RecordQueue inbox) {
        try (RecordTailer classifier = inbox.tailer(RecordQueue.CLASSIFIER)) {
            classifier.released(inbox.lastIndex());
        }
    }

    @Test
    void onASingleNodeWhatTheClassifierHasReleasedGoes() throws IOException {
        try (NodeParts parts = NodeParts.open(settings, session, true, false)) {
            fill(parts.queue());
            assertTrue(segments() > 4, "several segments");
            parts.loop().terminate();
            parts.loop().run();
            readAll(parts.queue());
            assertEquals(1, segments());
        }
    }

    @Test
    void whereNoOtherNodeSendsAnythingWhatTheClassifierHasReleasedGoes() throws IOException {
        try (NodeParts parts = NodeParts.open(settings, session, true, true)) {
            fill(parts.queue());
            parts.loop().terminate();
            parts.loop().run();
            parts.makeRoom();
            readAll(parts.queue());
            assertEquals(1, segments());
        }
    }
}
