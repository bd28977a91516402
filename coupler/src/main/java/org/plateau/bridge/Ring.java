package org.plateau.bridge;

import java.nio.ByteBuffer;

/**
 * The ring of one writing process, read by one thread of one process.
 *
 * <p>{@code poll} and {@code release} come in pairs: the buffer of a record is a view of the ring
 * itself and must not be touched after {@code release} or {@code close}.
 */
public interface Ring extends AutoCloseable {
    /** The identity of the ring, the {@code source} of its records; never 0. */
    long source();

    /**
     * The next record, or null if there is none yet.
     *
     * <p>The view is direct, read-only, little-endian, from position 0 to the record's length (see
     * {@code docs/MESSAGE_FORMAT.md}). Records of kind TORN and WRITER_END, and gaps that the
     * writer could not write itself, are made up here. Without a {@code release} in between, the
     * same record comes again.
     */
    ByteBuffer poll();

    /** Gives the space of the record last polled back to the writer. */
    void release();

    /** Whether the writer is gone and everything it left has been polled and released. */
    boolean finished();

    RingStatistics statistics();

    /** Removes the ring's file from the session; only sensible once {@link #finished()}. */
    void remove();

    @Override
    void close();
}
