/**
 * Circulation regimes and the labels that can be computed for them.
 *
 * <p>Enter at {@link org.plateau.regimes.RegimeScores}; the numbers behind a score are in {@link
 * org.plateau.regimes.RegimeDiagnostics}, which metrics use as well. Pure computation, no state,
 * safe for any thread. Neighbours: {@code org.plateau.training} learns these scores, {@code
 * org.plateau.network} predicts them.
 */
package org.plateau.regimes;
