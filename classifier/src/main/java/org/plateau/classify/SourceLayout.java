package org.plateau.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.plateau.assembly.Coordinates;
import org.plateau.assembly.Coordinates.Coordinate;
import org.plateau.assembly.Field;
import org.plateau.grid.Pressures;
import org.plateau.grid.SourceGrid;

/**
 * Where a field's elements stand: its horizontal grid and its levels.
 *
 * @param grid horizontal
 * @param index of the grid's elements within one level of the field
 * @param levelStride distance of two levels in the field
 * @param pressure Pa, from the top of the atmosphere downwards
 * @param order place of each of those levels in the file
 * @param radiativeTime s per level, NaN where the file does not say
 */
@SuppressWarnings("ArrayRecordComponent")
record SourceLayout(
        SourceGrid grid,
        int[] index,
        int levelStride,
        double[] pressure,
        int[] order,
        double[] radiativeTime) {

    /**
     * Reads it from the coordinates of the file.
     *
     * @throws LayoutException if a coordinate is missing or cannot be used; one line
     */
    static SourceLayout of(Field field, LevelSettings levels) {
        return new Reader(field, levels).read();
    }

    /**
     * Where the elements of a field without levels stand.
     *
     * @param grid horizontal
     * @param index of the grid's elements in the field
     */
    record Horizontal(SourceGrid grid, int[] index) {}

    /**
     * The horizontal grid of a field that has no levels.
     *
     * @throws LayoutException if a coordinate is missing or the field has further dimensions
     */
    static Horizontal horizontal(Field field) {
        return new Reader(field, new LevelSettings(List.of(), List.of())).readHorizontal();
    }

    /** Coordinates that cannot be used. */
    static final class LayoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LayoutException(String message) {
            super(message);
        }
    }

    private static final class Reader {
        private final Field field;
        private final LevelSettings levels;
        private final Coordinates coordinates;
        private final List<String> dimensions;
        private final int[] shape;

        Reader(Field field, LevelSettings levels) {
            this.field = field;
            this.levels = levels;
            this.coordinates = field.coordinates();
            this.dimensions = field.dimensions();
            this.shape = field.shape();
        }

        SourceLayout read() {
            List<String> used = new ArrayList<>();
            SourceGrid grid = grid(used);
            return vertical(grid, index(used), used);
        }

        Horizontal readHorizontal() {
            List<String> used = new ArrayList<>();
            SourceGrid grid = grid(used);
            List<String> rest = new ArrayList<>(dimensions);
            rest.removeAll(used);
            rest.removeIf(name -> shape[dimensions.indexOf(name)] == 1);
            if (!rest.isEmpty()) {
                throw new LayoutException(
                        field.variable().variable()
                                + ": expected a scalar or a horizontal field to judge, found also "
                                + rest);
            }
            return new Horizontal(grid, index(used));
        }

        /** The horizontal grid; its dimensions are added to those used. */
        private SourceGrid grid(List<String> used) {
            Coordinate lat = horizontal("degrees_north", "degree_north", "latitude");
            Coordinate lon = horizontal("degrees_east", "degree_east", "longitude");
            used.addAll(names(lat));
            names(lon).stream().filter(name -> !used.contains(name)).forEach(used::add);
            boolean rectilinear = names(lat).size() == 1 && used.size() == 2;
            return rectilinear
                    ? new SourceGrid.Rectilinear(lat.values(), lon.values())
                    : new SourceGrid.Cells(lat.values(), lon.values());
        }

        private List<String> names(Coordinate coordinate) {
            return coordinate.variable().dimensions().stream().map(d -> d.name()).toList();
        }

        private Coordinate horizontal(String units, String unit, String standard) {
            List<String> named = List.of(attribute("coordinates").split("\\s+"));
            return coordinates.all().stream()
                    .filter(
                            c ->
                                    c.text("units").startsWith(units)
                                            || c.text("units").startsWith(unit)
                                            || c.text("standard_name").equals(standard))
                    .filter(c -> !names(c).isEmpty() && dimensions.containsAll(names(c)))
                    .min(Comparator.comparingInt(c -> rank(c, named)))
                    .orElseThrow(
                            () ->
                                    new LayoutException(
                                            field.variable().variable()
                                                    + ": expected a coordinate in "
                                                    + units
                                                    + " over "
                                                    + dimensions
                                                    + ", found none of that among the variables"
                                                    + " written so far; let the hook copy the"
                                                    + " coordinates (hook.variables)"));
        }

        private int rank(Coordinate c, List<String> named) {
            return named.contains(c.name()) ? 0 : dimensions.contains(c.name()) ? 1 : 2;
        }

        private String attribute(String name) {
            return field.variable().attribute(name).map(a -> a.text()).orElse("");
        }

        private int stride(String dimension) {
            int at = dimensions.indexOf(dimension);
            return Arrays.stream(shape, at + 1, shape.length).reduce(1, (a, b) -> a * b);
        }

        private int[] index(List<String> used) {
            int[] index = {0};
            for (String name : used) {
                int length = shape[dimensions.indexOf(name)];
                int stride = stride(name);
                int[] before = index;
                index =
                        IntStream.range(0, before.length * length)
                                .map(k -> before[k / length] + k % length * stride)
                                .toArray();
            }
            return index;
        }

        private SourceLayout vertical(SourceGrid grid, int[] index, List<String> used) {
            List<String> rest = new ArrayList<>(dimensions);
            rest.removeAll(used);
            rest.removeIf(name -> rest.size() > 1 && shape[dimensions.indexOf(name)] == 1);
            if (rest.size() > 1) {
                throw new LayoutException(
                        field.variable().variable()
                                + ": expected time, one vertical and the horizontal dimensions,"
                                + " found also "
                                + rest);
            }
            int count = rest.isEmpty() ? 1 : shape[dimensions.indexOf(rest.get(0))];
            double[] pressure = pressures(rest, count);
            int[] order =
                    IntStream.range(0, count)
                            .boxed()
                            .sorted(Comparator.comparingDouble(k -> pressure[k]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            double[] sorted = Arrays.stream(order).mapToDouble(k -> pressure[k]).toArray();
            double[] times = radiativeTimes(rest, count);
            return new SourceLayout(
                    grid,
                    index,
                    rest.isEmpty() ? 0 : stride(rest.get(0)),
                    sorted,
                    order,
                    Arrays.stream(order).mapToDouble(k -> times[k]).toArray());
        }

        private double[] pressures(List<String> rest, int count) {
            if (!levels.pressures().isEmpty()) {
                if (levels.pressures().size() != count) {
                    throw new LayoutException(
                            "levels.pressures: expected the pressures of the model's "
                                    + count
                                    + " levels, found "
                                    + levels.pressures().size());
                }
                return levels.pressures().stream().mapToDouble(p -> p).toArray();
            }
            Optional<Coordinate> axis =
                    coordinates.all().stream()
                            .filter(c -> names(c).equals(rest))
                            .filter(c -> !Double.isNaN(Pressures.pascals(c.text("units"))))
                            .min(Comparator.comparingInt(c -> rank(c, List.of())));
            if (axis.isEmpty()) {
                throw new LayoutException(
                        field.variable().variable()
                                + ": expected a vertical axis in a unit of pressure over "
                                + rest
                                + ", found none; give levels.pressures");
            }
            double unit = Pressures.pascals(axis.get().text("units"));
            return Arrays.stream(axis.get().values()).map(p -> p * unit).toArray();
        }

        private double[] radiativeTimes(List<String> rest, int count) {
            double[] unknown = new double[count];
            Arrays.fill(unknown, Double.NaN);
            return coordinates
                    .named("tau_rad")
                    .filter(c -> names(c).equals(rest))
                    .map(Coordinate::values)
                    .orElse(unknown);
        }
    }

    /** Whether a field of another variable stands at the same places. */
    boolean matches(SourceLayout other) {
        return grid.equals(other.grid)
                && Arrays.equals(pressure, other.pressure)
                && Arrays.equals(order, other.order);
    }
}
