/**
 * Puts Plateau's lines into a user's job script, or says why it cannot.
 *
 * <p>Enter at {@link org.plateau.jobscript.JobScript}. It is careful rather than clever: what it
 * does not understand it refuses with one line. Pure; any thread. Neighbours: the command {@code
 * plateau slurm} of {@code org.plateau.cli}; {@code org.plateau.launch} runs what the lines start.
 */
package org.plateau.jobscript;
