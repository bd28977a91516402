/**
 * Durable queues of records on a node's own disk or memory, on Chronicle Queue.
 *
 * <p>Enter at {@link org.plateau.queue.RecordQueue}: one process appends, any number of processes
 * read through a {@link org.plateau.queue.RecordTailer} each. What has been appended survives the
 * death of every process; what a death interrupted is skipped and reported.
 *
 * <p>A queue is a row of segments, one file each. A segment is closed when it is full, not when the
 * clock says so: Chronicle's roll cycle is driven by a counter instead of the time of day, which is
 * why the files bear dates of 1970. Segments that every named tailer has released are deleted, or,
 * in memory, used again: {@link org.plateau.queue.Spares}.
 *
 * <p>{@code append} may be called from several threads of the appending process; a tailer belongs
 * to one thread. No other package knows of Chronicle. Neighbours: {@code org.plateau.message} for
 * the records, {@code org.plateau.coupler} which fills queues, the classifier which reads the
 * inbox, {@code org.plateau.bridge} for what the kernel is told of mapped pages and for files that
 * stay mapped.
 */
package org.plateau.queue;
