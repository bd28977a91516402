package org.plateau.network;

import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/**
 * The network on some processor. One thread at a time may call it.
 *
 * <p>What comes out for a map does not depend on which others are in its batch, so that live and
 * replayed data get the same labels.
 */
public interface Engine extends AutoCloseable {

    /**
     * Classifies maps on the grid {@link NetworkGrid#GRID}.
     *
     * @return one classification per map, in the same order
     * @throws IllegalArgumentException if a map is on another grid
     */
    List<Classification> classify(List<LevelMap> batch, PlanetScales scales);

    /**
     * Room for maps whose preparation and labels are made by other threads than the one that the
     * engine computes on.
     *
     * @param maps how many it holds
     */
    default MapBatch batch(int maps) {
        return new PlainBatch(this, maps);
    }

    /** One line: which engine on which device, why, and what was skipped and why. */
    String description();

    /** What the results record about how they were computed. */
    Provenance provenance();

    @Override
    void close();

    /**
     * @param network SHA-256 of the network's ONNX form, hexadecimal
     * @param engine "dl4j" or "onnx"
     * @param device "cpu" or "cuda:N"
     * @param natives version and classifier of the native libraries
     * @param threads computing threads
     */
    record Provenance(String network, String engine, String device, String natives, int threads) {}
}
