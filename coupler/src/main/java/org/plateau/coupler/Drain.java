package org.plateau.coupler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.plateau.bridge.Ring;
import org.plateau.message.RecordName;
import org.plateau.queue.QueueFullException;
import org.plateau.queue.RecordQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the rings of a node into its queue.
 *
 * <p>Each step gives every ring the same share of bytes, and starts with another ring than the step
 * before. Rings that appear are taken up; rings whose writer has gone are emptied, entered in the
 * account and removed. When the queue is full nothing is taken from any ring. One thread.
 */
public final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    /** Bytes that a ring may move in one step before it is another's turn. */
    private static final long SHARE = 4 << 20;

    private final Supplier<List<Ring>> newRings;
    private final RecordQueue queue;
    private final Account account;
    private final Optional<RecordName> drainedBefore;
    private final List<RingDrain> rings = new ArrayList<>();
    private int first;
    private boolean held;

    /**
     * @param newRings the rings that appeared since it was asked last
     * @param queue where records go
     * @param account of this node
     */
    Drain(Supplier<List<Ring>> newRings, RecordQueue queue, Account account) {
        this.newRings = newRings;
        this.queue = queue;
        this.account = account;
        drainedBefore = queue.lastDrained();
    }

    /** Takes up rings that appeared; cheap, but a listing of the session's folder. */
    public void look() {
        for (Ring ring : newRings.get()) {
            rings.add(new RingDrain(ring, queue, account, drainedBefore));
        }
    }

    /**
     * Moves what is there, a share of every ring.
     *
     * @return bytes moved; 0 if there was nothing or the queue is full
     */
    public long step() {
        long moved = 0;
        try {
            for (int i = 0; i < rings.size(); i++) {
                moved += rings.get((first + i) % rings.size()).step(SHARE);
            }
            say(false, "");
        } catch (QueueFullException e) {
            say(true, e.getMessage());
        }
        first = rings.isEmpty() ? 0 : (first + 1) % rings.size();
        return moved;
    }

    private void say(boolean nowHeld, String reason) {
        if (nowHeld != held) {
            held = nowHeld;
            LOG.warn(
                    held
                            ? "{}; records wait in the rings, and full rings count what they lose"
                            : "the queue has room again{}",
                    reason);
        }
    }

    /** Makes pages of the queue ready for the next burst; returns bytes, 0 if enough are. */
    public long makeReady() {
        return held ? 0 : queue.makeReady();
    }

    /** Nanoseconds since a record was appended to the queue last, from a ring or by a relay. */
    public long sinceLastAppend() {
        return queue.sinceLastAppend();
    }

    /** See {@link RecordQueue#segmentsBegun}. */
    long segmentsBegun() {
        return queue.segmentsBegun();
    }

    /** Whether the last step found the queue full. */
    public boolean held() {
        return held;
    }

    /** Removes the rings that are finished; the account has them. */
    public void sweep() {
        for (RingDrain drain : List.copyOf(rings)) {
            if (drain.ring().finished()) {
                remove(drain);
            }
        }
    }

    private void remove(RingDrain drain) {
        Ring ring = drain.ring();
        account.note(ring.source(), ring.statistics());
        account.save();
        ring.remove();
        ring.close();
        rings.remove(drain);
    }

    /** How full each ring is. */
    List<RingFill> fill() {
        return rings.stream().map(RingDrain::fill).toList();
    }

    /** Whether no ring is left. */
    public boolean empty() {
        return rings.isEmpty();
    }

    /** Lets go of the rings, which stay as they are, after a last look at their statistics. */
    public void close() {
        for (RingDrain drain : rings) {
            account.note(drain.ring().source(), drain.ring().statistics());
            drain.ring().close();
        }
        rings.clear();
    }
}
