package org.plateau.queue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.plateau.message.RecordLayout;
import org.plateau.message.RecordName;

/**
 * What a queue was given last: the name of the last record drained here, and how far it has got
 * with each node queue that is relayed into it. Kept by {@link RecordQueue}, not thread-safe.
 */
final class QueueTail {
    private final ByteBuffer local =
            ByteBuffer.allocate(RecordLayout.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<Long, Long> origins = new HashMap<>();

    /** Takes note of a message: its envelope's numbers, and the record behind them. */
    void note(long origin, long index, ByteBuffer record) {
        if (origin == Envelope.CHECKPOINT) {
            restore(index, record);
        } else if (origin == Envelope.LOCAL) {
            local.clear();
            local.put(0, record, record.position(), local.capacity());
        } else {
            origins.put(origin, index);
        }
    }

    private void restore(long count, ByteBuffer checkpoint) {
        int at = checkpoint.position();
        local.put(0, checkpoint, at, local.capacity());
        at += local.capacity();
        for (long i = 0; i < count; i++, at += 16) {
            origins.put(checkpoint.getLong(at), checkpoint.getLong(at + 8));
        }
    }

    /** The body of a checkpoint. */
    ByteBuffer checkpoint() {
        ByteBuffer body =
                ByteBuffer.allocate(local.capacity() + 16 * origins.size())
                        .order(ByteOrder.LITTLE_ENDIAN);
        body.put(local.clear());
        origins.forEach((origin, index) -> body.putLong(origin).putLong(index));
        return body.flip();
    }

    int count() {
        return origins.size();
    }

    /** Index of the last record of that origin, or -1. */
    long last(long origin) {
        return origins.getOrDefault(origin, -1L);
    }

    /** Name of the last record drained here. */
    Optional<RecordName> lastLocal() {
        RecordName name = RecordName.of(local.clear());
        return name.kind() == 0 ? Optional.empty() : Optional.of(name);
    }
}
