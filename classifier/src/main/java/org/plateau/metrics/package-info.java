/**
 * Scalars of one level at one time, whose series the equilibration test judges.
 *
 * <p>Enter at {@link org.plateau.metrics.Metrics}, the list of all of them; each is a small class
 * behind {@link org.plateau.metrics.Metric}. Pure computation, any thread. Neighbours: {@code
 * org.plateau.field} and {@code org.plateau.regimes} (what is measured), {@code
 * org.plateau.classify} (who measures).
 */
package org.plateau.metrics;
