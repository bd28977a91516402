/**
 * Grids and the way from one to another.
 *
 * <p>Enter at {@link org.plateau.grid.RegularGrid}, the grid of every map that the network and the
 * metrics see. All types here are immutable and safe for any thread. Neighbours: {@code
 * org.plateau.field} puts values on these grids.
 */
package org.plateau.grid;
