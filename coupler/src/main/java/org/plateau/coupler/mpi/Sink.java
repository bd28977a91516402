package org.plateau.coupler.mpi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import mpi.MPI;
import mpi.MPIException;
import mpi.Status;
import org.plateau.coupler.Node;
import org.plateau.message.MalformedRecordException;
import org.plateau.message.RecordView;
import org.plateau.queue.QueueFullException;
import org.plateau.queue.RecordQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what the relays send to the inbox and acknowledges it.
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
    private ByteBuffer batch = Wire.buffer(2 << 20);
    private int from = -1;
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
            long done = from < 0 ? receive() : 0;
            if (from >= 0) {
                done += append();
            }
            leave();
            return done;
        } catch (MPIException e) {
            throw new LinkException("receiving from the relays", e);
        }
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

    private long receive() throws MPIException {
        Status status = MPI.COMM_WORLD.iProbe(MPI.ANY_SOURCE, MPI.ANY_TAG);
        if (status == null) {
            return 0;
        }
        int bytes = status.getCount(MPI.BYTE);
        int rank = status.getSource();
        if (batch.capacity() < bytes) {
            batch = Wire.buffer(bytes);
        }
        MPI.COMM_WORLD.recv(batch, bytes, MPI.BYTE, rank, status.getTag());
        batch.position(0).limit(bytes);
        take(rank, status.getTag());
        return bytes;
    }

    private void take(int rank, int tag) throws MPIException {
        if (tag == Wire.HELLO) {
            greet(rank, batch.getLong(0));
        } else if (tag == Wire.BATCH) {
            from = rank;
        } else if (tag == Wire.OVER) {
            node.finish();
        } else if (tag == Wire.END) {
            node.keepAccount(StandardCharsets.UTF_8.decode(batch).toString());
            ended++;
        }
        if (tag != Wire.BATCH) {
            batch.clear();
        }
    }

    private void greet(int rank, long origin) throws MPIException {
        origins.put(rank, origin);
        tell(rank, Wire.WELCOME, inbox.lastIndexOf(origin));
        tell(rank, Wire.STATE, stateSent);
    }

    /** Appends the rest of the batch; what the inbox has already is passed over. */
    private long append() throws MPIException {
        long origin = origins.get(from);
        long known = inbox.lastIndexOf(origin);
        int start = batch.position();
        long index = known;
        try {
            while (batch.hasRemaining()) {
                index = batch.getLong(batch.position());
                ByteBuffer record = recordAt(batch.position() + Wire.INDEX_BYTES);
                if (index > known) {
                    inbox.append(record, origin, index);
                }
                batch.position(batch.position() + Wire.INDEX_BYTES + record.remaining());
            }
            say(false, "");
        } catch (QueueFullException e) {
            say(true, e.getMessage());
            return batch.position() - start;
        }
        tell(from, Wire.ACKNOWLEDGE, Math.max(index, known));
        from = -1;
        batch.clear();
        return batch.limit();
    }

    private ByteBuffer recordAt(int at) {
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
        if (!left && from < 0 && ended == relays && node.drained()) {
            node.keepAccount(node.account());
            for (int rank : origins.keySet()) {
                tell(rank, Wire.LEAVE, 0);
            }
            left = true;
        }
    }

    @Override
    public void close() {
        batch.clear();
    }
}
