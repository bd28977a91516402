package org.plateau.bridge;

/**
 * The state of one ring at one instant.
 *
 * @param written the highest sequence number given out: captured writes, whatever became of them
 * @param dropped how many of these were lost before or in the ring
 * @param bytesUsed bytes of the ring that wait to be read
 * @param capacity bytes that the ring can hold
 * @param waits how often the writer waited for room (only with a configured wait)
 * @param costP50Nanos median of the time the hook spent on a captured write, ns
 * @param costP99Nanos 99th percentile of the same, ns
 * @param costMaxNanos longest of the same, ns
 */
public record RingStatistics(
        long written,
        long dropped,
        long bytesUsed,
        long capacity,
        long waits,
        long costP50Nanos,
        long costP99Nanos,
        long costMaxNanos) {}
