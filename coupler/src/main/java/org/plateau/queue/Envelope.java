package org.plateau.queue;

/**
 * What stands before every message of a queue.
 *
 * <pre>
 *   0  8  origin   0: drained on this node; -1: a checkpoint; else identity of a node queue
 *   8  8  index    place in the queue of its origin; checkpoint: number of origins that follow
 *  16     the record; checkpoint: the fixed header of the last record of origin 0 (zeros if there
 *         is none), then origin and index of the last record of every other origin
 * </pre>
 *
 * <p>Every segment starts with a checkpoint, so that what was appended last can be found by reading
 * the last segment, whatever has been deleted before it.
 */
final class Envelope {
    static final int BYTES = 16;
    static final int AT_ORIGIN = 0;
    static final int AT_INDEX = 8;
    static final long LOCAL = 0;
    static final long CHECKPOINT = -1;

    private Envelope() {}
}
