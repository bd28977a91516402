/**
 * Records between nodes, by Open MPI's Java bindings; the only package that knows of MPI.
 *
 * <p>Enter at {@link org.plateau.coupler.mpi.Ranks}. Every rank but 0 has a {@code Relay}, which
 * tails its node's queue and sends batches of small records and large ones as they lie, several
 * under way at once but no more bytes than the window. Rank 0 has the {@code Sink}, which appends
 * them to the inbox and acknowledges a message only then.
 *
 * <p>What protects the records when a rank dies is not MPI but the queues. Open MPI ends the whole
 * step when one of its processes dies; whoever launched the step starts it again. A relay then asks
 * the sink how far it has got with this node's queue, which the sink knows from the inbox itself,
 * and goes on behind that: records in flight are sent again, records appended are not.
 *
 * <p>All MPI calls come from the thread that called {@code Ranks.start}. Neighbours: {@code
 * org.plateau.coupler} which steps the links, {@code org.plateau.queue}.
 */
package org.plateau.coupler.mpi;
