package org.plateau.coupler.mpi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import mpi.MPI;
import mpi.MPIException;
import org.plateau.coupler.Node;
import org.plateau.message.MalformedRecordException;
import org.plateau.message.RecordView;
import org.plateau.queue.HeldRecord;
import org.plateau.queue.QueueFullException;
import org.plateau.queue.RecordQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what the relays send to the inbox and acknowledges it. Each relay's messages are dealt
 * with in their order; one whose link is slow or cut keeps no other waiting.
 *
 * <p>When the inbox is full it receives nothing more and acknowledges nothing: the relays stop when
 * their windows are used up, their queues fill, and in the end the rings count what they lose.
 */
final class Sink implements Ranks.Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Sink.class);

    private final RecordQueue inbox;
    private final Node node;
    private final int relays;
    private final Map<Integer, Long> origins = new HashMap<>();
    private final RecordView view = new RecordView();
    private final ByteBuffer control = Wire.buffer(Wire.CONTROL_BYTES);
    private final Arrivals arriving = new Arrivals();
    private final BitSet waiting = new BitSet();
    private long stateSent = 0;
    private int ended;
    private boolean left;
    private boolean held;

    Sink(RecordQueue inbox, Node node, int relays) {
        this.inbox = inbox;
        this.node = node;
        this.relays = relays;
    }

    @Override
    public long step() {
        try {
            tellState();
            node.makeRoom();
            long done = arriving.receive(relays) + takeOne();
            leave();
            return done;
        } catch (MPIException e) {
            throw new LinkException("receiving from the relays", e);
        }
    }

    @Override
    public boolean busy() {
        return !arriving.isEmpty() && !held;
    }

    @Override
    public boolean done() {
        return left;
    }

    private void tellState() throws MPIException {
        long state = node.stopRequested() ? Wire.STOP : 0;
        state |= node.finishing() ? Wire.FINISH : 0;
        if (origins.size() == relays) {
            state |= Wire.ALL_HERE;
            node.allHere();
        }
        if (state != stateSent) {
            stateSent = state;
            for (int rank : origins.keySet()) {
                tell(rank, Wire.STATE, state);
            }
        }
    }

    private void tell(int rank, long what, long value) throws MPIException {
        control.putLong(0, what).putLong(Long.BYTES, value);
        MPI.COMM_WORLD.send(control, Wire.CONTROL_BYTES, MPI.BYTE, rank, Wire.CONTROL);
    }

    /**
     * Deals with the oldest message that is here, with none of its relay's before it. Where the
     * inbox has no room for some records, no others are tried; what else the relays say is heard.
     */
    private long takeOne() throws MPIException {
        long done = 0;
        boolean full = false;
        waiting.clear();
        for (int i = 0; i < arriving.size(); i++) {
            Incoming message = arriving.get(i);
            boolean wanted = !(full && message.carriesRecords());
            if (wanted && !waiting.get(message.rank()) && message.arrived()) {
                done += take(message);
                if (!message.message().hasRemaining()) {
                    arriving.remove(i);
                    return done;
                }
                full = true;
            }
            waiting.set(message.rank());
        }
        return done;
    }

    /** Deals with a message; part of it remains if the inbox has no room for all of it. */
    private long take(Incoming from) throws MPIException {
        ByteBuffer message = from.message();
        long done = message.remaining();
        switch (from.tag()) {
            case Wire.HELLO -> greet(from.rank(), message.getLong());
            case Wire.BATCH -> done = append(from.rank(), message);
            case Wire.WHOLE -> done = appendWhole(from.rank(), message);
            case Wire.OVER -> {
                node.finish();
                message.position(message.limit());
            }
            case Wire.END -> {
                node.keepAccount(StandardCharsets.UTF_8.decode(message).toString());
                ended++;
            }
            default -> throw new IllegalStateException("tag " + from.tag());
        }
        return done;
    }

    private void greet(int rank, long origin) throws MPIException {
        origins.put(rank, origin);
        tell(rank, Wire.WELCOME, inbox.lastIndexOf(origin));
        tell(rank, Wire.STATE, stateSent);
    }

    /** Appends the rest of a batch; what the inbox has already is passed over. */
    private long append(int from, ByteBuffer batch) throws MPIException {
        long origin = origins.get(from);
        long known = inbox.lastIndexOf(origin);
        int start = batch.position();
        long index = known;
        try {
            while (batch.hasRemaining()) {
                index = batch.getLong(batch.position());
                ByteBuffer record = recordAt(batch, batch.position() + Wire.INDEX_BYTES);
                int end = record.limit();
                if (index > known) {
                    node.relayed(view, inbox.append(record, origin, index));
                }
                batch.position(end);
            }
            say(false, "");
        } catch (QueueFullException e) {
            say(true, e.getMessage());
            return batch.position() - start;
        }
        tell(from, Wire.ACKNOWLEDGE, Math.max(index, known));
        return batch.limit() - start;
    }

    /** The same for a record by itself, behind the envelope that it has in the node's queue. */
    private long appendWhole(int from, ByteBuffer message) throws MPIException {
        long origin = origins.get(from);
        long known = inbox.lastIndexOf(origin);
        long index = message.getLong(Long.BYTES);
        int end = message.limit();
        try {
            if (index > known) {
                ByteBuffer record = recordAt(message, HeldRecord.ENVELOPE);
                node.relayed(view, inbox.append(record, origin, index));
            }
            say(false, "");
        } catch (QueueFullException e) {
            say(true, e.getMessage());
            return 0;
        }
        message.position(end);
        tell(from, Wire.ACKNOWLEDGE, Math.max(index, known));
        return end;
    }

    private ByteBuffer recordAt(ByteBuffer batch, int at) {
        ByteBuffer rest = batch.duplicate().order(batch.order()).position(at);
        int length = view.on(rest).length();
        if (length > rest.remaining()) {
            throw new MalformedRecordException("a batch ends within a record");
        }
        return rest.limit(at + length);
    }

    private void say(boolean nowHeld, String reason) {
        if (nowHeld != held) {
            held = nowHeld;
            LOG.warn(held ? "{}; the relays wait" : "the inbox has room again{}", reason);
        }
    }

    private void leave() throws MPIException {
        if (!left && arriving.isEmpty() && ended == relays && node.drained()) {
            node.keepAccount(node.account());
            for (int rank : origins.keySet()) {
                tell(rank, Wire.LEAVE, 0);
            }
            left = true;
        }
    }

    @Override
    public void close() {
        arriving.close();
    }
}
