package org.plateau.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.plateau.assembly.Absence;
import org.plateau.assembly.Role;
import org.plateau.assembly.Step;
import org.plateau.field.LevelMap;
import org.plateau.field.VerticalGradient;
import org.plateau.grid.Holes;
import org.plateau.grid.RegularGrid;
import org.plateau.network.Workers;

/** Brings the fields of a step to maps on the network's grid. One thread. */
final class MapMaker {
    private final RegularGrid grid;
    private final ClassifierSettings settings;
    private final Layouts layouts;
    private final Workers workers;

    /**
     * @param workers that share out the levels
     */
    MapMaker(RegularGrid grid, ClassifierSettings settings, Workers workers) {
        this.workers = workers;
        this.grid = grid;
        this.settings = settings;
        this.layouts = new Layouts(grid, settings.levels(), settings.input().meaning());
    }

    Layouts layouts() {
        return layouts;
    }

    /** The levels that are labelled, as indices into the layout's, where pressures are constant. */
    private int[] chosen(double[] pressure) {
        if (settings.levels().use().isEmpty()) {
            return IntStream.range(0, pressure.length).toArray();
        }
        return settings.levels().use().stream()
                .mapToInt(p -> nearest(pressure, p))
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

    private SourceLayout layout(Step step) {
        return layouts.of(step.fields().get(Role.TEMPERATURE));
    }

    private StepOnGrid onGrid(Step step) {
        return new StepOnGrid(step, layouts, settings.input().meaning(), settings.planet());
    }

    /**
     * Whether a step has the levels that the run began with; where they are interpolated it has
     * them always.
     */
    boolean hasLevels(Step step, double[] pressures) {
        return !(layout(step).axis() instanceof VerticalAxis.Constant constant)
                || Arrays.equals(pressures, labelled(constant));
    }

    private double[] labelled(VerticalAxis.Constant axis) {
        return Arrays.stream(chosen(axis.pressure()))
                .mapToDouble(k -> axis.pressure()[k])
                .toArray();
    }

    /**
     * Pressures of the levels to label, Pa, from the top downwards. Where the model's change and
     * the settings name none: the mean of each at this step, to four digits.
     */
    double[] pressures(Step step) {
        VerticalAxis axis = layout(step).axis();
        if (axis instanceof VerticalAxis.Constant constant) {
            return labelled(constant);
        }
        if (!settings.levels().use().isEmpty()) {
            return settings.levels().use().stream().mapToDouble(p -> p).sorted().toArray();
        }
        return Arrays.stream(PressureColumns.logPressure(onGrid(step), axis))
                .mapToDouble(level -> rounded(Math.exp(mean(level))))
                .sorted()
                .toArray();
    }

    private double mean(float[] values) {
        double sum = 0;
        double all = 0;
        for (int k = 0; k < values.length; k++) {
            double weight = Float.isFinite(values[k]) ? grid.weight(k / grid.nlon()) : 0;
            sum += weight == 0 ? 0 : weight * values[k];
            all += weight;
        }
        return sum / all;
    }

    private static double rounded(double value) {
        return new java.math.BigDecimal(value).round(new java.math.MathContext(4)).doubleValue();
    }

    /** Radiative times of the levels, s; by the file, else by the settings, else NaN. */
    double[] radiativeTimes(Step step) {
        SourceLayout layout = layout(step);
        double[] pressures = pressures(step);
        if (!(layout.axis() instanceof VerticalAxis.Constant constant)) {
            return Arrays.stream(pressures).map(settings.planet().radiativeTime()::at).toArray();
        }
        return Arrays.stream(chosen(constant.pressure()))
                .mapToDouble(
                        k -> {
                            double said = layout.radiativeTime()[k];
                            return said > 0
                                    ? said
                                    : settings.planet().radiativeTime().at(constant.pressure()[k]);
                        })
                .toArray();
    }

    /**
     * The maps of a step, one per level.
     *
     * @param pressures Pa, of the levels that the run began with
     * @param gaps filled: why a level has none
     * @return as many as there are levels; null where a level is a gap
     */
    List<LevelMap> maps(Step step, double[] pressures, Absence[] gaps) {
        List<LevelMap> maps =
                layout(step).axis() instanceof VerticalAxis.Constant constant
                        ? maps(step, constant)
                        : interpolated(step, pressures);
        for (int n = 0; n < gaps.length; n++) {
            gaps[n] = maps.get(n) == null ? Absence.HOLES : Absence.NONE;
        }
        return maps;
    }

    private List<LevelMap> interpolated(Step step, double[] pressures) {
        PressureColumns columns =
                new PressureColumns(
                        onGrid(step),
                        layout(step).axis(),
                        settings.planet().scales(),
                        settings.planet().referencePressure());
        List<LevelMap> maps = new ArrayList<>();
        for (double pressure : pressures) {
            PressureColumns.AtPressure at = columns.at(pressure);
            maps.add(map(pressure, filled(at.temperature()), at.u(), at.v(), filled(at.lapse())));
        }
        return maps;
    }

    private List<LevelMap> maps(Step step, VerticalAxis.Constant axis) {
        StepOnGrid onGrid = onGrid(step);
        int[] chosen = chosen(axis.pressure());
        float[][] temperature = new float[axis.levels()][];
        int[] needed =
                Arrays.stream(chosen)
                        .flatMap(k -> IntStream.rangeClosed(k - 1, k + 1))
                        .filter(k -> k >= 0 && k < temperature.length)
                        .distinct()
                        .toArray();
        workers.each(
                needed.length,
                n -> temperature[needed[n]] = filled(temperature(onGrid, axis, needed[n])));
        LevelMap[] maps = new LevelMap[chosen.length];
        workers.each(
                chosen.length,
                n -> {
                    int level = chosen[n];
                    float[][] wind = onGrid.wind(level);
                    float[] lapse = VerticalGradient.at(axis.pressure(), temperature, level);
                    double pressure = axis.pressure()[level];
                    maps[n] = map(pressure, temperature[level], wind[0], wind[1], lapse);
                });
        return Arrays.asList(maps);
    }

    private float[] temperature(StepOnGrid onGrid, VerticalAxis.Constant axis, int level) {
        float[] values = onGrid.scalar(Role.TEMPERATURE, level);
        if (onGrid.potential()) {
            double ratio = axis.pressure()[level] / settings.planet().referencePressure();
            double factor = Math.pow(ratio, StepOnGrid.exponent(settings.planet().scales()));
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) factor;
            }
        }
        return values;
    }

    private LevelMap map(
            double pressure, float[] temperature, float[] u, float[] v, float[] lapse) {
        float[] east = filled(u);
        float[] north = filled(v);
        return temperature == null || east == null || north == null
                ? null
                : new LevelMap(grid, pressure, temperature, east, north, lapse);
    }

    private float[] filled(float[] map) {
        if (map == null) {
            return null;
        }
        double share = Holes.share(map, grid);
        if (share > settings.classify().holes()) {
            return null;
        }
        if (share > 0) {
            Holes.fill(map, grid);
        }
        return map;
    }
}
