package org.plateau.classify;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.plateau.assembly.Field;
import org.plateau.assembly.InputMeaning;
import org.plateau.assembly.Role;
import org.plateau.assembly.Step;
import org.plateau.field.PlanetScales;
import org.plateau.grid.Regridder;
import org.plateau.grid.SourceGrid;

/** The fields of one step, level by level on the network's grid. Not kept beyond the step. */
final class StepOnGrid {
    private final Step step;
    private final Layouts layouts;
    private final InputMeaning meaning;
    private final PlanetSettings planet;
    private final double longitude;
    private final Map<Role, Source> sources = new ConcurrentHashMap<>();

    /** A field of the step, where it stands, and the weights of its grid. */
    private record Source(Field field, SourceLayout layout, Regridder regridder) {
        /** One level, in the room that this thread has for it until it asks again. */
        float[] values(int level, ThreadLocal<float[]> room) {
            float[] values = layout.values(field, level, room.get());
            room.set(values);
            return values;
        }
    }

    /**
     * @param layouts where fields stand, and the weights of their grids
     */
    StepOnGrid(Step step, Layouts layouts, InputMeaning meaning, PlanetSettings planet) {
        this.step = step;
        this.layouts = layouts;
        this.meaning = meaning;
        this.planet = planet;
        this.longitude = substellarLongitude();
    }

    private double substellarLongitude() {
        Field temperature = step.fields().get(Role.TEMPERATURE);
        if (temperature.substellarLongitude().isPresent()) {
            return temperature.substellarLongitude().getAsDouble();
        }
        double days = step.time().seconds() / 86400;
        return (planet.substellarLongitude() + planet.substellarRate() * days) % 360;
    }

    /** Whether the temperature is a potential one. */
    boolean potential() {
        return meaning.potential(step.fields().get(Role.TEMPERATURE));
    }

    /** Power of the pressure over the reference that turns a potential temperature into one. */
    static double exponent(PlanetScales scales) {
        return scales.gasConstant() / scales.heatCapacity();
    }

    /** A scalar of one level, NaN where missing. */
    float[] scalar(Role role, int level) {
        Source source = source(role);
        return source.regridder.scalar(source.values(level, layouts.rooms().get(0)));
    }

    private Source source(Role role) {
        return sources.computeIfAbsent(
                role,
                r -> {
                    Field field = step.fields().get(r);
                    SourceLayout layout = layouts.of(field);
                    return new Source(field, layout, regridder(layout.grid()));
                });
    }

    /** Logarithm of the pressure in Pa of one level that has it from the pressure field. */
    float[] logPressure(int level) {
        Field field = step.fields().get(Role.PRESSURE);
        SourceLayout layout = layouts.of(field);
        return logarithm(layout.values(field, level), layout.grid(), 0, 1);
    }

    /** Logarithm of a + b times the surface pressure, all in Pa. */
    float[] logPressure(double a, double b) {
        Field field = step.fields().get(Role.SURFACE_PRESSURE);
        HorizontalAxes axes = HorizontalAxes.alone(field);
        return logarithm(field.values(0, axes.index(field)), axes.grid(), a, b);
    }

    private float[] logarithm(float[] values, SourceGrid grid, double a, double b) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.log(a + b * values[i]);
        }
        return regridder(grid).scalar(values);
    }

    /** Eastward and northward wind of one level, NaN where missing. */
    float[][] wind(int level) {
        Source east = source(Role.EASTWARD_WIND);
        Source north = source(Role.NORTHWARD_WIND);
        float[] u = east.values(level, layouts.rooms().get(0));
        float[] v = north.values(level, layouts.rooms().get(1));
        if (east.regridder.equals(north.regridder)) {
            return east.regridder.wind(u, v);
        }
        return new float[][] {east.regridder.component(u), north.regridder.component(v)};
    }

    private Regridder regridder(SourceGrid grid) {
        return layouts.regridder(grid, longitude);
    }
}
