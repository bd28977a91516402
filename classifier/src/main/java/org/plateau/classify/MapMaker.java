package org.plateau.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.plateau.assembly.Absence;
import org.plateau.assembly.Field;
import org.plateau.assembly.Role;
import org.plateau.assembly.Step;
import org.plateau.field.LevelMap;
import org.plateau.field.VerticalGradient;
import org.plateau.grid.Holes;
import org.plateau.grid.Regridder;
import org.plateau.grid.RegularGrid;

/** Brings the fields of a step to maps on the network's grid. One thread. */
final class MapMaker {
    private final RegularGrid grid;
    private final LevelSettings levels;
    private final PlanetSettings planet;
    private final double holes;
    private final Map<String, Known> layouts = new HashMap<>();
    private Regridder regridder;
    private SourceLayout regridded;
    private double longitude = Double.NaN;

    private record Known(int version, SourceLayout layout) {}

    MapMaker(RegularGrid grid, LevelSettings levels, PlanetSettings planet, double holes) {
        this.grid = grid;
        this.levels = levels;
        this.planet = planet;
        this.holes = holes;
    }

    /** The levels that are labelled, as indices into the layout's. */
    int[] chosen(SourceLayout layout) {
        if (levels.use().isEmpty()) {
            return IntStream.range(0, layout.pressure().length).toArray();
        }
        return levels.use().stream()
                .mapToInt(p -> nearest(layout.pressure(), p))
                .sorted()
                .distinct()
                .toArray();
    }

    private static int nearest(double[] pressure, double wanted) {
        int best = 0;
        for (int k = 1; k < pressure.length; k++) {
            double distance = Math.abs(Math.log(pressure[k] / wanted));
            best = distance < Math.abs(Math.log(pressure[best] / wanted)) ? k : best;
        }
        return best;
    }

    /** Where the fields of this variable stand. */
    SourceLayout layout(Field field) {
        String key = field.variable().path() + "\n" + field.variable().variable();
        Known known = layouts.get(key);
        int version = field.coordinates().version();
        if (known == null || known.version != version) {
            known = new Known(version, SourceLayout.of(field, levels));
            layouts.put(key, known);
        }
        return known.layout;
    }

    /**
     * The maps of a step, one per chosen level.
     *
     * @return as many as there are chosen levels; null where a level is a gap
     */
    List<LevelMap> maps(Step step, Absence[] gaps) {
        Field t = step.fields().get(Role.TEMPERATURE);
        SourceLayout layout = layout(t);
        prepare(layout, step);
        int[] chosen = chosen(layout);
        float[][] temperature = new float[layout.pressure().length][];
        for (int level : chosen) {
            for (int k = level - 1; k <= level + 1; k++) {
                if (k >= 0 && k < temperature.length && temperature[k] == null) {
                    temperature[k] = filled(regridder.scalar(values(t, layout, k)));
                }
            }
        }
        List<LevelMap> maps = new ArrayList<>();
        for (int n = 0; n < chosen.length; n++) {
            maps.add(map(step, layout, temperature, chosen[n]));
            gaps[n] = maps.get(n) == null ? Absence.HOLES : Absence.NONE;
        }
        return maps;
    }

    /** Whether temperature and wind stand at the same places. */
    boolean sameGrid(Step step) {
        SourceLayout t = layout(step.fields().get(Role.TEMPERATURE));
        return t.matches(layout(step.fields().get(Role.EASTWARD_WIND)))
                && t.matches(layout(step.fields().get(Role.NORTHWARD_WIND)));
    }

    private void prepare(SourceLayout layout, Step step) {
        double days = step.time().seconds() / 86400;
        double now = planet.substellarLongitude();
        if (planet.substellarRate() != 0) {
            now = (now + planet.substellarRate() * days) % 360;
        }
        if (regridder == null || now != longitude || !layout.grid().equals(regridded.grid())) {
            regridder = Regridder.between(layout.grid(), grid, now);
            regridded = layout;
            longitude = now;
        }
    }

    private static float[] values(Field field, SourceLayout layout, int level) {
        return field.values(layout.order()[level] * layout.levelStride(), layout.index());
    }

    private LevelMap map(Step step, SourceLayout layout, float[][] temperature, int level) {
        Field east = step.fields().get(Role.EASTWARD_WIND);
        Field north = step.fields().get(Role.NORTHWARD_WIND);
        float[][] wind =
                regridder.wind(
                        values(east, layout(east), level), values(north, layout(north), level));
        float[] u = filled(wind[0]);
        float[] v = filled(wind[1]);
        if (temperature[level] == null || u == null || v == null) {
            return null;
        }
        float[] lapse = VerticalGradient.at(layout.pressure(), temperature, level);
        return new LevelMap(grid, layout.pressure()[level], temperature[level], u, v, lapse);
    }

    private float[] filled(float[] map) {
        double share = Holes.share(map, grid);
        if (share > holes) {
            return null;
        }
        if (share > 0) {
            Holes.fill(map, grid);
        }
        return map;
    }

    /** Pressures of the chosen levels, Pa. */
    double[] pressures(SourceLayout layout) {
        return Arrays.stream(chosen(layout)).mapToDouble(k -> layout.pressure()[k]).toArray();
    }

    /** Radiative times of the chosen levels, s; by the file, else by the settings, else NaN. */
    double[] radiativeTimes(SourceLayout layout) {
        return Arrays.stream(chosen(layout))
                .mapToDouble(
                        k -> {
                            double said = layout.radiativeTime()[k];
                            return said > 0
                                    ? said
                                    : planet.radiativeTime().at(layout.pressure()[k]);
                        })
                .toArray();
    }

    /** How fields come to the network's grid. */
    String description() {
        return regridder == null ? "" : regridder.description();
    }
}
