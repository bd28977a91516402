/**
 * A run in a terminal of 80 by 24 characters, over however slow a line: a coarse categorisation
 * map, the verdicts, the health of the parts.
 *
 * <p>Enter at {@link org.plateau.watch.WatchScreen}, which is pure: results and status in, lines of
 * text out. {@link org.plateau.watch.Terminal} sends only the lines that changed. One thread.
 *
 * <p>Neighbours: {@code org.plateau.results} gives the numbers, {@code org.plateau.plot} the
 * colours, {@code org.plateau.cli} the command.
 */
package org.plateau.watch;
