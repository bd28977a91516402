package org.plateau.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.plateau.assembly.Coordinates.Coordinate;
import org.plateau.assembly.Field;
import org.plateau.grid.SourceGrid;
import org.plateau.units.UnitConversion;

/**
 * Where a field's elements stand: its horizontal grid and its levels.
 *
 * @param grid horizontal
 * @param index of the grid's elements within one level of the field
 * @param levelStride distance of two levels in the field
 * @param axis of its levels, in the order of {@code order}
 * @param consecutive whether the elements of a level follow each other in the grid's order
 * @param order place of each level in the file: from the top of the atmosphere downwards where the
 *     pressures are constant, else as in the file
 * @param radiativeTime s per level, NaN where the file does not say
 */
@SuppressWarnings("ArrayRecordComponent")
record SourceLayout(
        SourceGrid grid,
        int[] index,
        int levelStride,
        VerticalAxis axis,
        boolean consecutive,
        int[] order,
        double[] radiativeTime) {

    /** Coordinates that cannot be used. */
    static final class LayoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LayoutException(String message) {
            super(message);
        }
    }

    /**
     * Reads it from the coordinates of the file.
     *
     * @param gridRelative whether the field is a wind along the grid's own directions
     * @throws LayoutException if a coordinate is missing or cannot be used; one line
     */
    static SourceLayout of(Field field, LevelSettings levels, boolean gridRelative) {
        HorizontalAxes horizontal = HorizontalAxes.of(field, gridRelative);
        List<String> rest = vertical(field, horizontal.dimensions());
        int count = rest.isEmpty() ? 1 : field.shape()[field.dimensions().indexOf(rest.get(0))];
        VerticalAxis read = new VerticalAxisReader(field, levels, rest, count).read();
        int[] order = order(read);
        int[] index = horizontal.index(field);
        double[] times = radiativeTimes(field, rest, count);
        return new SourceLayout(
                horizontal.grid(),
                index,
                rest.isEmpty() ? 0 : stride(field, rest.get(0)),
                read instanceof VerticalAxis.Constant constant
                        ? new VerticalAxis.Constant(sorted(constant.pressure(), order))
                        : read,
                IntStream.range(0, index.length).allMatch(k -> index[k] == k),
                order,
                sorted(times, order));
    }

    private static List<String> vertical(Field field, List<String> horizontal) {
        List<String> rest = new ArrayList<>(field.dimensions());
        rest.removeAll(horizontal);
        rest.removeIf(
                name -> rest.size() > 1 && field.shape()[field.dimensions().indexOf(name)] == 1);
        if (rest.size() > 1) {
            throw new LayoutException(
                    field.variable().variable()
                            + ": expected time, one vertical and the horizontal dimensions,"
                            + " found also "
                            + rest);
        }
        return rest;
    }

    private static int[] order(VerticalAxis axis) {
        IntStream levels = IntStream.range(0, axis.levels());
        return axis instanceof VerticalAxis.Constant constant
                ? levels.boxed()
                        .sorted(Comparator.comparingDouble(k -> constant.pressure()[k]))
                        .mapToInt(Integer::intValue)
                        .toArray()
                : levels.toArray();
    }

    private static double[] sorted(double[] values, int[] order) {
        return Arrays.stream(order).mapToDouble(k -> values[k]).toArray();
    }

    private static double[] radiativeTimes(Field field, List<String> rest, int count) {
        double[] unknown = new double[count];
        Arrays.fill(unknown, Double.NaN);
        return field.coordinates()
                .named("tau_rad")
                .filter(c -> HorizontalAxes.names(c).equals(rest))
                .map(SourceLayout::seconds)
                .orElse(unknown);
    }

    private static double[] seconds(Coordinate c) {
        UnitConversion to =
                UnitConversion.between(c.text("units"), "s").orElse(UnitConversion.NONE);
        return Arrays.stream(c.values()).map(to::of).toArray();
    }

    /** Distance in a field of two elements that differ by one in a dimension. */
    static int stride(Field field, String dimension) {
        int at = field.dimensions().indexOf(dimension);
        return Arrays.stream(field.shape(), at + 1, field.shape().length)
                .reduce(1, (a, b) -> a * b);
    }

    /** Whether it is just the same. */
    boolean alike(SourceLayout other) {
        return sameLevels(other)
                && grid.equals(other.grid)
                && levelStride == other.levelStride
                && Arrays.equals(index, other.index)
                && Arrays.equals(radiativeTime, other.radiativeTime);
    }

    /** Whether the fields of another variable have the same levels. */
    boolean sameLevels(SourceLayout other) {
        return axis.sameAs(other.axis) && Arrays.equals(order, other.order);
    }

    /** One level of a field that stands here. */
    float[] values(Field field, int level) {
        int offset = order[level] * levelStride;
        return consecutive ? field.values(offset, index.length) : field.values(offset, index);
    }

    /**
     * The same, where that can be, in an array that is used again.
     *
     * @param room of a level's length if it can be used
     */
    float[] values(Field field, int level, float[] room) {
        if (!consecutive || room.length != index.length) {
            return values(field, level);
        }
        field.read(order[level] * levelStride, room);
        return room;
    }
}
