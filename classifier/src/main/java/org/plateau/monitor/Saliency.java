package org.plateau.monitor;

import org.plateau.field.LevelMap;

/** Where the network looked in a map; computed on request, apart from the labelling. */
public interface Saliency {
    /**
     * How much each part of a map counts for a label.
     *
     * @param regime the label
     * @param probability what the network gives it for the whole map
     * @param rows latitude bands of equal height, from the south
     * @param columns of equal width, from the map's first longitude
     * @param drop [row * columns + column], how far the probability falls when that part is covered
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Seen(String regime, float probability, int rows, int columns, float[] drop) {}

    /** Another map is being looked at; ask again. */
    final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * What mattered for the map's foremost label; null where that cannot be told here.
     *
     * @throws BusyException if another request is being computed
     */
    Seen of(LevelMap map);
}
