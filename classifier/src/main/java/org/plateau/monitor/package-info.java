/**
 * The web monitor: one page on the loopback interface that shows a run as it goes.
 *
 * <p>Enter at {@link org.plateau.monitor.Monitor}. It reads the files of the run directory and
 * never writes one; the only way from the page to the run is {@link org.plateau.monitor.Actions},
 * which run control implements. One thread reads and renders; requests are answered from what it
 * has rendered last, by a pool of bounded size.
 *
 * <p>Every request passes {@link org.plateau.monitor.Guard}. Paths are looked up in a fixed table:
 * no part of a request ever becomes a file name or a command. Nothing is logged of a request.
 *
 * <p>Neighbours: {@code org.plateau.results} gives the numbers, {@code org.plateau.plot} the
 * colours, {@code org.plateau.cli} the command.
 */
package org.plateau.monitor;
