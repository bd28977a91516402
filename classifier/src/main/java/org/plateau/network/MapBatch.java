package org.plateau.network;

import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/**
 * Maps on their way through one engine: encoded into their places by any threads, computed by the
 * engine's, and their labels made by any threads again. So that engine does nothing but compute,
 * and what surrounds it is done beside it.
 */
public interface MapBatch extends AutoCloseable {

    /**
     * Encodes a map into its place. Any thread; each place is one thread's.
     *
     * @throws IllegalArgumentException if it is on another grid than {@link NetworkGrid#GRID}
     */
    void put(int place, LevelMap map, PlanetScales scales);

    /**
     * Computes what the labels of the maps in the first places take. One thread at a time for all
     * batches of an engine.
     */
    void run(int count);

    /** The label of a map, once it is computed. Any thread. */
    Classification label(int place);

    /** Makes it ready for other maps. */
    void clear();

    @Override
    void close();
}
