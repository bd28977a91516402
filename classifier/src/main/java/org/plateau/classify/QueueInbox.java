package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;
import org.plateau.queue.WholeFile;

/** The inbox in a queue of this node. */
public final class QueueInbox implements Inbox {
    private final RecordQueue queue;
    private final RecordTailer tailer;
    private final String identity;

    /** Opens the inbox of a queue folder, and makes it if it is not there yet. */
    public QueueInbox(QueueSettings settings) {
        queue = RecordQueue.open(settings.inbox(), settings);
        tailer = queue.tailer("classifier");
        identity = identity(settings.directory().resolve("inbox.id"));
    }

    private static String identity(Path file) {
        try {
            return WholeFile.once(file, () -> UUID.randomUUID().toString()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ByteBuffer poll() {
        return tailer.poll();
    }

    @Override
    public long index() {
        return tailer.index();
    }

    @Override
    public void moveTo(long index) {
        tailer.moveTo(index);
    }

    @Override
    public void released(long index) {
        if (index >= 0) {
            tailer.released(index);
        }
    }

    @Override
    public boolean crowded() {
        return tailer.crowds();
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public void close() {
        try {
            tailer.close();
        } catch (Exception e) {
            throw new IllegalStateException("inbox: " + e.getMessage(), e);
        }
        queue.close();
    }
}
