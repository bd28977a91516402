package org.plateau.classify;

import java.nio.ByteBuffer;

/** Where records come from, in an order that stays the same when they are read again. */
public interface Inbox extends AutoCloseable {
    /** The next record, little-endian, valid until the next call; null if there is none yet. */
    ByteBuffer poll();

    /** Position of the record last polled; rises. */
    long index();

    /** The next poll gives the first record at that position or after it. */
    void moveTo(long index);

    /** Everything up to that position will not be asked for again. */
    void released(long index);

    /**
     * Whether it is half full or more, and what has not been released is why: of no use to one that
     * has not read everything.
     */
    boolean crowded();

    /** Tells this inbox from one that was made anew in its place. */
    String identity();

    @Override
    void close();
}
