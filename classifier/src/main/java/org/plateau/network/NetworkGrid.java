package org.plateau.network;

import org.plateau.grid.RegularGrid;

/**
 * The grid that the network sees: 5 degrees, on which the bands of the labels end at cell edges.
 */
public final class NetworkGrid {

    public static final RegularGrid GRID = new RegularGrid(36, 72);

    private NetworkGrid() {}
}
