package org.plateau.coupler;

/**
 * How full a ring is.
 *
 * @param source identity of the ring
 * @param used bytes that wait to be drained
 * @param peak most of them that the drain has found since the ring appeared
 * @param capacity bytes that the ring holds
 * @param written captured writes so far
 * @param dropped captured writes that were lost at this ring
 * @param waits how often the writer waited for room
 */
record RingFill(
        long source, long used, long peak, long capacity, long written, long dropped, long waits) {}
