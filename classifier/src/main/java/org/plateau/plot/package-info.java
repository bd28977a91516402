/**
 * Pictures of a run, for print and screen: the categorisation map, labelled maps of single levels,
 * and equilibration series, as PNG, SVG or PDF.
 *
 * <p>Enter at {@link org.plateau.plot.FigureFile}. A {@link org.plateau.plot.Figure} draws on a
 * {@link org.plateau.plot.Canvas}, which has six operations and three implementations; lengths are
 * points of 1/72 inch. Drawing is pure: the same results give the same bytes on the same JDK and
 * font, and nothing here needs a display. Figures and canvases belong to one thread.
 *
 * <p>Neighbours: {@code org.plateau.results} gives the numbers, {@code org.plateau.cli} the
 * command.
 */
package org.plateau.plot;
