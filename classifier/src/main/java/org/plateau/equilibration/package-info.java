/**
 * When has a series equilibrated? An online equivalence test: it shows that drift is small, and
 * does not merely fail to see one.
 *
 * <p>Enter at {@link org.plateau.equilibration.EquilibrationTest}: one instance per metric and
 * level, fed one sample per output, asked for its {@link org.plateau.equilibration.Verdict}. The
 * rule and its sources stand in {@code docs/EQUILIBRATION.md}, what was measured beside it.
 *
 * <p>Pure computation: no input or output, no clock, no logging, no randomness. Instances are not
 * thread-safe; different instances share nothing. Neighbours: {@code org.plateau.metrics} gives the
 * samples, {@code org.plateau.runcontrol} turns verdicts into stops.
 */
package org.plateau.equilibration;
