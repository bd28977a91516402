/**
 * Existing netCDF files as records, so that they take the same way as what a model writes now.
 *
 * <p>Enter at {@link org.plateau.replay.Replay}. One thread. Neighbours: {@code
 * org.plateau.message} and {@code org.plateau.queue} (where the records go), {@code
 * org.plateau.classify} (what reads them).
 */
package org.plateau.replay;
