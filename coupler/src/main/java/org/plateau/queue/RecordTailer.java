package org.plateau.queue;

import java.nio.ByteBuffer;

/**
 * Reads a queue in order. Its position is the caller's to keep: remember {@link #index()} of the
 * last record dealt with and {@link #moveTo} the one after it. Belongs to one thread.
 */
public interface RecordTailer extends AutoCloseable {
    /**
     * The next record, or null if there is none yet.
     *
     * @return a direct little-endian view of the mapped file, position 0 to the record's length,
     *     valid until the next call; it must not be written to
     */
    ByteBuffer poll();

    /**
     * Holds the record last polled where it is, with its envelope, beyond the next poll.
     *
     * @return false if an earlier version appended it, whose envelopes do not name their place
     */
    boolean hold(HeldRecord into);

    /** The place in the queue of the record last polled; grows, with jumps between segments. */
    long index();

    /** Identity of the node queue that a relayed record came from; 0 if it was drained here. */
    long origin();

    /**
     * Moves so that the next poll gives the first record at that index or after it; 0 is the start
     * of the queue. The end of the queue, index of the last record plus one, is a good place.
     */
    void moveTo(long indexOfNext);

    /**
     * Says that everything up to and including that index will not be asked for again. Segments
     * that every named tailer has passed are deleted or used again: of what was polled there only
     * records held in this process stay as they are.
     */
    void released(long index);

    /**
     * The index that was released last under this tailer's name, in any process, at least as far as
     * the segment goes; -1 if nothing was, or if the tailer has no name.
     */
    long released();

    /**
     * Whether the queue takes more than half of what it may, or its disk is nearly full, and only
     * what this tailer has not released keeps it from shrinking. For one that has read everything.
     */
    boolean crowds();

    @Override
    void close();
}
