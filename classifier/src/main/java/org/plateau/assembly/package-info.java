/**
 * Records become global fields, and fields of one time become steps.
 *
 * <p>Enter at {@link org.plateau.assembly.Assembler}: it takes records from any number of writers,
 * in any order, late, repeated or missing, and hands out {@link org.plateau.assembly.Step}s in the
 * order of model time. It never looks at a clock: what live writers have passed decides when
 * something is given up, so live and replayed data agree. {@link org.plateau.assembly.Account}
 * keeps what became of every captured write.
 *
 * <p>One thread. Neighbours: {@code org.plateau.message} (records), {@code org.plateau.field}
 * (time), {@code org.plateau.classify} (who drives it).
 */
package org.plateau.assembly;
