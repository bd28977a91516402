package org.plateau.training;

import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/**
 * The maps of one run of a model.
 *
 * @param name of the run, unique
 * @param preset the kind of planet it is a variant of; runs of a preset are alike
 * @param scales of its planet
 * @param maps chosen levels and times, on the network's grid
 */
public record TrainingRun(String name, String preset, PlanetScales scales, List<LevelMap> maps) {

    private static final String NOISE = "noise";

    /** Maps of noise, which show nothing. */
    static TrainingRun noise(PlanetScales scales, List<LevelMap> maps) {
        return new TrainingRun(NOISE, NOISE, scales, maps);
    }

    /** Whether these are maps of noise. */
    boolean noise() {
        return preset.equals(NOISE);
    }
}
