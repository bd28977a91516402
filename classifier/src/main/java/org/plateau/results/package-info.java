/**
 * The results file {@code results.nc}: regimes, metrics and verdicts by model time and level.
 *
 * <p>Enter at {@link org.plateau.results.ResultsReader} to read one. The file is netCDF-3 and valid
 * at any instant, so a reader may open it while the classifier writes it. Values handed out are
 * immutable by agreement and may be shared between threads.
 *
 * <p>Neighbours: {@code org.plateau.classify} writes, {@code org.plateau.plot} and {@code
 * org.plateau.monitor} read.
 */
package org.plateau.results;
