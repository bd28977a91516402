package org.plateau.coupler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.plateau.bridge.Ring;
import org.plateau.bridge.RingStatistics;
import org.plateau.message.GapReason;
import org.plateau.message.MalformedRecordException;
import org.plateau.message.RecordKind;
import org.plateau.message.RecordLayout;
import org.plateau.message.RecordName;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;
import org.plateau.queue.RecordQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the records of one ring into the queue: append, count, release, one at a time. */
final class RingDrain {
    private static final Logger LOG = LoggerFactory.getLogger(RingDrain.class);
    private static final int SEQUENCE_AT = 24;

    private final Ring ring;
    private final RecordQueue queue;
    private final Account account;
    private final RecordView view = new RecordView();
    private final RecordWriter writer = new RecordWriter();
    private Optional<RecordName> drainedBefore;
    private long peak;

    /**
     * @param drainedBefore the record that an earlier process appended last, if it was of this
     *     ring: it may not have come to releasing it
     */
    RingDrain(Ring ring, RecordQueue queue, Account account, Optional<RecordName> drainedBefore) {
        this.ring = ring;
        this.queue = queue;
        this.account = account;
        this.drainedBefore = drainedBefore.filter(n -> n.source() == ring.source());
    }

    Ring ring() {
        return ring;
    }

    /**
     * Moves records until the ring is empty or that many bytes have been moved.
     *
     * @return bytes moved
     * @throws org.plateau.queue.QueueFullException if the queue has no room; the record stays
     */
    long step(long budget) {
        long moved = 0;
        while (moved < budget) {
            ByteBuffer record = ring.poll();
            if (record == null) {
                break;
            }
            if (moved == 0) {
                peak = Math.max(peak, ring.statistics().bytesUsed());
            }
            moved += record.remaining();
            if (!knownAlready(record)) {
                deliver(record);
            }
            ring.release();
        }
        return moved;
    }

    /** How full the ring is, and was at most when there was something in it to move. */
    RingFill fill() {
        RingStatistics now = ring.statistics();
        peak = Math.max(peak, now.bytesUsed());
        return new RingFill(
                ring.source(),
                now.bytesUsed(),
                peak,
                now.capacity(),
                now.written(),
                now.dropped(),
                now.waits());
    }

    private boolean knownAlready(ByteBuffer record) {
        if (drainedBefore.isEmpty()) {
            return false;
        }
        RecordName before = drainedBefore.get();
        RecordName now = RecordName.of(record);
        boolean pieceOfTorn =
                now.kind() == RecordKind.TORN.code()
                        && before.kind() == now.kind()
                        && before.sequence() == now.sequence();
        drainedBefore = pieceOfTorn ? drainedBefore : Optional.empty();
        return pieceOfTorn || now.equals(before);
    }

    private void deliver(ByteBuffer record) {
        ByteBuffer toAppend = record;
        try {
            view.on(record);
            if (record.remaining() > RecordLayout.MAX_RECORD) {
                toAppend = gap(view.sequence(), GapReason.RECORD_TOO_LARGE);
            }
        } catch (MalformedRecordException e) {
            LOG.warn("ring {}: {}", Long.toHexString(ring.source()), e.getMessage());
            toAppend = gap(sequenceOf(record), GapReason.INTERNAL_FAULT);
        }
        long index = queue.append(toAppend);
        account.note(view.on(toAppend), index);
    }

    /** A record that cannot be taken becomes a gap of one write. */
    private ByteBuffer gap(long sequence, GapReason why) {
        return writer.gap(ring.source(), sequence, 1, why).build();
    }

    private static long sequenceOf(ByteBuffer record) {
        return record.remaining() < RecordLayout.HEADER
                ? 0
                : record.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(SEQUENCE_AT);
    }
}
