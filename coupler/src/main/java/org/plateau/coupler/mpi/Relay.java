package org.plateau.coupler.mpi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;
import org.plateau.coupler.Node;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the records of a node's queue to the sink, in order, and lets go of them when the sink has
 * them in the inbox.
 */
final class Relay implements Ranks.Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BUFFERS = 4;

    private record Unacknowledged(long lastIndex, int bytes) {}

    private final Node node;
    private final RecordTailer tailer;
    private final long window;
    private final Outgoing[] buffers = new Outgoing[BUFFERS];
    private final Deque<Unacknowledged> underWay = new ArrayDeque<>();
    private final ByteBuffer control = Wire.buffer(Wire.CONTROL_BYTES);
    private ByteBuffer waiting;
    private long bytesUnderWay;
    private boolean welcome;
    private boolean exhausted;
    private Request over;
    private Request end;
    private boolean leave;

    Relay(RecordQueue queue, Node node, long window) {
        this.node = node;
        this.window = window;
        tailer = queue.tailer(RecordQueue.RELAY);
        for (int i = 0; i < BUFFERS; i++) {
            buffers[i] = new Outgoing();
        }
        try {
            ByteBuffer hello = Wire.buffer(Long.BYTES).putLong(0, queue.identity());
            MPI.COMM_WORLD.send(hello, Long.BYTES, MPI.BYTE, Wire.SINK, Wire.HELLO);
        } catch (MPIException e) {
            throw new LinkException("greeting the sink", e);
        }
    }

    @Override
    public long step() {
        try {
            long done = listen();
            if (welcome) {
                sayOver();
                done += send();
                sayEnd();
            }
            return done;
        } catch (MPIException e) {
            throw new LinkException("sending to the sink", e);
        }
    }

    @Override
    public boolean busy() {
        return !underWay.isEmpty();
    }

    @Override
    public boolean done() {
        return leave;
    }

    private long listen() throws MPIException {
        long heard = 0;
        while (MPI.COMM_WORLD.iProbe(Wire.SINK, Wire.CONTROL) != null) {
            MPI.COMM_WORLD.recv(control, Wire.CONTROL_BYTES, MPI.BYTE, Wire.SINK, Wire.CONTROL);
            hear(control.getLong(0), control.getLong(Long.BYTES));
            heard += Wire.CONTROL_BYTES;
        }
        return heard;
    }

    private void hear(long what, long value) throws MPIException {
        if (what == Wire.WELCOME) {
            goOnBehind(value);
        } else if (what == Wire.ACKNOWLEDGE) {
            acknowledged(value);
        } else if (what == Wire.STATE) {
            hearState(value);
        } else if (what == Wire.LEAVE) {
            leave = true;
        }
    }

    private void hearState(long state) {
        node.requestStop((state & Wire.STOP) != 0);
        if ((state & Wire.FINISH) != 0) {
            node.finish();
        }
        if ((state & Wire.ALL_HERE) != 0) {
            node.allHere();
        }
    }

    private void goOnBehind(long index) {
        LOG.info("the sink has this node's records up to index {}", Long.toHexString(index));
        // What was acknowledged to an earlier run is not for this one's new inbox.
        tailer.moveTo(Math.max(index, tailer.released()) + 1);
        welcome = true;
    }

    private void acknowledged(long index) throws MPIException {
        while (!underWay.isEmpty() && underWay.peek().lastIndex <= index) {
            bytesUnderWay -= underWay.remove().bytes;
        }
        // What has left is held no longer: a segment without held records can be used again.
        for (Outgoing buffer : buffers) {
            buffer.free();
        }
        tailer.released(index);
    }

    private long send() throws MPIException {
        long sent = 0;
        for (Outgoing buffer : buffers) {
            if (bytesUnderWay < window && buffer.free()) {
                sent += fillAndSend(buffer);
            }
        }
        return sent;
    }

    private long fillAndSend(Outgoing buffer) throws MPIException {
        // Asked before the queue is: a record appended between the two is not overlooked.
        boolean drained = node.drained();
        long last = -1;
        while (!buffer.full() && next() && buffer.takes(waiting.remaining())) {
            last = tailer.index();
            buffer.add(tailer, waiting);
            waiting = null;
        }
        exhausted = drained && waiting == null && last < 0;
        if (last < 0) {
            return 0;
        }
        int bytes = buffer.bytes();
        buffer.send();
        underWay.add(new Unacknowledged(last, bytes));
        bytesUnderWay += bytes;
        return bytes;
    }

    private boolean next() {
        if (waiting == null) {
            waiting = tailer.poll();
        }
        return waiting != null;
    }

    /** The end is announced on one node; from there the sink hears it, from the sink all. */
    private void sayOver() throws MPIException {
        if (over == null && node.finishing()) {
            over =
                    MPI.COMM_WORLD.iSend(
                            Wire.buffer(Long.BYTES), Long.BYTES, MPI.BYTE, Wire.SINK, Wire.OVER);
        } else if (over != null) {
            over.test();
        }
    }

    private void sayEnd() throws MPIException {
        if (end == null && exhausted && underWay.isEmpty()) {
            byte[] account = node.account().getBytes(StandardCharsets.UTF_8);
            ByteBuffer message = Wire.buffer(account.length).put(account);
            end = MPI.COMM_WORLD.iSend(message, account.length, MPI.BYTE, Wire.SINK, Wire.END);
        } else if (end != null) {
            end.test();
        }
    }

    @Override
    public void close() {
        for (Outgoing buffer : buffers) {
            buffer.close();
        }
        tailer.close();
    }
}
