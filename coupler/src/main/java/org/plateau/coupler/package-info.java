/**
 * The coupler: one process per node that empties the rings of the models into a queue.
 *
 * <p>Enter at {@link org.plateau.coupler.Coupler}, the program, and {@link
 * org.plateau.coupler.Drain}, which does the work in steps. With one rank the drain appends to the
 * inbox that the classifier reads; with several, each other node has a queue of its own whose
 * records {@code org.plateau.coupler.mpi} carries to the inbox.
 *
 * <p>Nothing is lost and nothing comes twice: a record is appended first and released from its ring
 * second, one at a time, so that after a kill at most the record appended last can be offered
 * again, and that one is recognised by its name. When the queue is full, records stay in the rings,
 * and what then finds no room there is counted by the hook: loss is written down in one place only.
 *
 * <p>Threads: a {@code Drain} and its {@code Account} belong to the thread that steps them; the
 * loops are the only threads. Neighbours: {@code org.plateau.bridge} (rings), {@code
 * org.plateau.queue}, {@code org.plateau.message}.
 */
package org.plateau.coupler;
