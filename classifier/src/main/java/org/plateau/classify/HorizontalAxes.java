package org.plateau.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.plateau.assembly.Coordinates.Coordinate;
import org.plateau.assembly.Field;
import org.plateau.classify.SourceLayout.LayoutException;
import org.plateau.grid.CurvilinearAxes;
import org.plateau.grid.SourceGrid;
import org.plateau.message.Attribute;
import org.plateau.units.UnitConversion;

/**
 * The horizontal axes of a field, read from the coordinates of its file (CF sections 4.1, 4.2, 5.2
 * and 5.6).
 *
 * @param grid what they make
 * @param dimensions that they span, slowest first
 */
record HorizontalAxes(SourceGrid grid, List<String> dimensions) {
    /** As CF allows them, and FMS ({@code degrees_N}) and MITgcm ({@code degree_north}) write. */
    private static final Pattern NORTH = Pattern.compile("degrees?_?(north|N\\b)");

    private static final Pattern EAST = Pattern.compile("degrees?_?(east|E\\b)");
    private static final double[] NONE = {};

    /**
     * @param gridRelative whether the field is a wind along the grid's own directions
     * @throws LayoutException if there are none
     */
    static HorizontalAxes of(Field field, boolean gridRelative) {
        return new Reader(field, gridRelative).read();
    }

    /**
     * Those of a field that has no levels.
     *
     * @throws LayoutException if there are none or the field has further dimensions
     */
    static HorizontalAxes alone(Field field) {
        HorizontalAxes axes = of(field, false);
        List<String> rest = new ArrayList<>(field.dimensions());
        rest.removeAll(axes.dimensions);
        rest.removeIf(name -> field.shape()[field.dimensions().indexOf(name)] == 1);
        if (!rest.isEmpty()) {
            throw new LayoutException(
                    field.variable().variable()
                            + ": expected a scalar or a horizontal field, found also "
                            + rest);
        }
        return axes;
    }

    private record Reader(Field field, boolean gridRelative) {
        HorizontalAxes read() {
            Optional<Coordinate> lat = find(NORTH, "latitude").map(this::inDegrees);
            Optional<Coordinate> lon = find(EAST, "longitude").map(this::inDegrees);
            if (lat.isEmpty() || lon.isEmpty()) {
                Optional<HorizontalAxes> rotated = rotatedPole();
                return rotated.orElseThrow(
                        () -> missing(lat.isEmpty() ? "degrees_north" : "degrees_east"));
            }
            List<String> used = new ArrayList<>(names(lat.get()));
            names(lon.get()).stream().filter(name -> !used.contains(name)).forEach(used::add);
            if (names(lat.get()).size() == 1 && used.size() == 2) {
                return new HorizontalAxes(
                        new SourceGrid.Rectilinear(lat.get().values(), lon.get().values()), used);
            }
            return new HorizontalAxes(cells(lat.get(), lon.get()), used);
        }

        /** Angles without a unit are taken as degrees. */
        private Coordinate inDegrees(Coordinate c) {
            String unit = c.text("units");
            if (unit.isBlank()) {
                return c;
            }
            UnitConversion to =
                    UnitConversion.between(unit, "degree")
                            .orElseThrow(
                                    () ->
                                            new LayoutException(
                                                    c.name()
                                                            + " of "
                                                            + c.variable().path()
                                                            + ": expected an angle in degrees or"
                                                            + " radians, found '"
                                                            + unit
                                                            + "'; mend its attribute units"));
            return converted(c, to);
        }

        private static Coordinate converted(Coordinate c, UnitConversion to) {
            return to.isNone()
                    ? c
                    : new Coordinate(
                            c.variable(),
                            Arrays.stream(c.values()).map(to::of).toArray(),
                            c.shape());
        }

        private SourceGrid cells(Coordinate lat, Coordinate lon) {
            double[] direction = NONE;
            if (gridRelative) {
                if (lat.shape().length != 2) {
                    throw new LayoutException(
                            field.variable().variable()
                                    + ": winds along the directions of a mesh without rows cannot"
                                    + " be turned; write eastward and northward winds");
                }
                direction = CurvilinearAxes.directions(lat.values(), lon.values(), lat.shape()[1]);
            }
            Optional<Coordinate> cornerLat = bounds(lat);
            Optional<Coordinate> cornerLon = bounds(lon);
            boolean corners = cornerLat.isPresent() && cornerLon.isPresent();
            return new SourceGrid.Cells(
                    lat.values(),
                    lon.values(),
                    corners ? cornerLat.get().values() : NONE,
                    corners ? cornerLon.get().values() : NONE,
                    direction);
        }

        private Optional<Coordinate> bounds(Coordinate coordinate) {
            return field.coordinates()
                    .named(coordinate.text("bounds"))
                    .filter(b -> b.values().length % coordinate.values().length == 0)
                    .map(
                            b ->
                                    converted(
                                            b,
                                            UnitConversion.between(
                                                            coordinate.text("units"), "degree")
                                                    .orElse(UnitConversion.NONE)));
        }

        /** Rows and columns of a rotated pole whose true latitudes the file does not give. */
        private Optional<HorizontalAxes> rotatedPole() {
            Optional<Coordinate> lat = standard("grid_latitude").map(this::inDegrees);
            Optional<Coordinate> lon = standard("grid_longitude").map(this::inDegrees);
            Optional<Coordinate> mapping = field.coordinates().named(attribute("grid_mapping"));
            if (lat.isEmpty() || lon.isEmpty() || mapping.isEmpty()) {
                return Optional.empty();
            }
            SourceGrid.Cells cells =
                    CurvilinearAxes.rotatedPole(
                            lat.get().values(),
                            lon.get().values(),
                            number(mapping.get(), "grid_north_pole_latitude", 90),
                            number(mapping.get(), "grid_north_pole_longitude", 0),
                            number(mapping.get(), "north_pole_grid_longitude", 0),
                            gridRelative);
            List<String> used = new ArrayList<>(names(lat.get()));
            used.addAll(names(lon.get()));
            return Optional.of(new HorizontalAxes(cells, used));
        }

        private static double number(Coordinate mapping, String name, double otherwise) {
            return mapping.variable().attribute(name).map(Attribute::number).orElse(otherwise);
        }

        private Optional<Coordinate> standard(String name) {
            return field.coordinates().all().stream()
                    .filter(c -> c.text("standard_name").equals(name))
                    .filter(c -> !names(c).isEmpty() && field.dimensions().containsAll(names(c)))
                    .findFirst();
        }

        private Optional<Coordinate> find(Pattern units, String standard) {
            List<String> named = List.of(attribute("coordinates").split("\\s+"));
            return field.coordinates().all().stream()
                    .filter(
                            c ->
                                    units.matcher(c.text("units")).lookingAt()
                                            || c.text("standard_name").equals(standard))
                    .filter(c -> !names(c).isEmpty() && field.dimensions().containsAll(names(c)))
                    .min(Comparator.comparingInt(c -> rank(c, named)));
        }

        private int rank(Coordinate c, List<String> named) {
            return named.contains(c.name()) ? 0 : field.dimensions().contains(c.name()) ? 1 : 2;
        }

        private LayoutException missing(String units) {
            return new LayoutException(
                    field.variable().variable()
                            + ": expected a coordinate in "
                            + units
                            + " over "
                            + field.dimensions()
                            + ", found none of that among the variables written so far; let the"
                            + " hook copy the coordinates (hook.variables)");
        }

        private String attribute(String name) {
            return field.variable().attribute(name).map(Attribute::text).orElse("");
        }
    }

    static List<String> names(Coordinate coordinate) {
        return coordinate.variable().dimensions().stream().map(d -> d.name()).toList();
    }

    /** Places of the grid's elements within one level of the field. */
    int[] index(Field field) {
        int[] index = {0};
        for (String name : dimensions) {
            int length = field.shape()[field.dimensions().indexOf(name)];
            int stride = SourceLayout.stride(field, name);
            int[] before = index;
            index =
                    IntStream.range(0, before.length * length)
                            .map(k -> before[k / length] + k % length * stride)
                            .toArray();
        }
        return index;
    }
}
