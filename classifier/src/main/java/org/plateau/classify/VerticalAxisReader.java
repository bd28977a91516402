package org.plateau.classify;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plateau.assembly.Coordinates.Coordinate;
import org.plateau.assembly.Field;
import org.plateau.classify.SourceLayout.LayoutException;
import org.plateau.grid.Pressures;

/**
 * Reads the vertical axis of a field from the coordinates of its file.
 *
 * @param dimension the vertical dimension, alone; empty for a field of one level
 * @param count its levels
 */
record VerticalAxisReader(Field field, LevelSettings levels, List<String> dimension, int count) {
    private static final double USUAL_REFERENCE = 1e5;

    /**
     * Pressures given by the settings; else, where they are wanted or the axis is not in pressure,
     * CF's formula terms or the hybrid coefficients and then a pressure field that the settings
     * name; else an axis in a unit of pressure.
     *
     * @throws LayoutException if there is nothing of that
     */
    VerticalAxis read() {
        if (!levels.pressures().isEmpty()) {
            return given();
        }
        Optional<VerticalAxis> nominal = inPressure();
        boolean changing =
                switch (levels.interpolate()) {
                    case "always" -> true;
                    case "never" -> false;
                    default -> nominal.isEmpty();
                };
        Optional<VerticalAxis> followed = changing ? formula().or(this::byField) : Optional.empty();
        return followed.or(() -> nominal)
                .orElseThrow(
                        () ->
                                new LayoutException(
                                        field.variable().variable()
                                                + ": expected a vertical axis in a unit of pressure"
                                                + " over "
                                                + dimension
                                                + ", or one with formula terms, found none; give"
                                                + " levels.pressures, levels.hybrid or"
                                                + " input.pressure"));
    }

    private VerticalAxis given() {
        if (levels.pressures().size() != count) {
            throw new LayoutException(
                    "levels.pressures: expected the pressures of the model's "
                            + count
                            + " levels, found "
                            + levels.pressures().size());
        }
        return new VerticalAxis.Constant(levels.pressures().stream().mapToDouble(p -> p).toArray());
    }

    private Optional<VerticalAxis> inPressure() {
        return along().filter(c -> !Double.isNaN(Pressures.pascals(c.text("units"))))
                .filter(c -> !isCoefficient(c))
                .min(Comparator.comparingInt(c -> dimension.contains(c.name()) ? 0 : 1))
                .map(c -> new VerticalAxis.Constant(pascals(c)));
    }

    /** Coefficients of hybrid axes bear units of pressure too, and are no pressures. */
    private boolean isCoefficient(Coordinate c) {
        return levels.hybrid().contains(c.name())
                || along().anyMatch(axis -> terms(axis).containsValue(c.name()));
    }

    private java.util.stream.Stream<Coordinate> along() {
        return field.coordinates().all().stream()
                .filter(c -> HorizontalAxes.names(c).equals(dimension));
    }

    private static double[] pascals(Coordinate c) {
        double unit = Pressures.pascals(c.text("units"));
        return Arrays.stream(c.values()).map(p -> p * unit).toArray();
    }

    private Optional<VerticalAxis> byField() {
        return levels.pressureField()
                ? Optional.of(new VerticalAxis.ByField(count))
                : Optional.empty();
    }

    private Optional<VerticalAxis> formula() {
        if (levels.hybrid().size() == 2) {
            return hybrid(
                    Map.of("a", levels.hybrid().get(0), "b", levels.hybrid().get(1), "p0", "P0"));
        }
        return along().map(axis -> formula(axis, terms(axis)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<VerticalAxis> formula(Coordinate axis, Map<String, String> terms) {
        return switch (axis.text("standard_name")) {
            case "atmosphere_hybrid_sigma_pressure_coordinate" -> hybrid(terms);
            case "atmosphere_sigma_coordinate" -> sigma(terms);
            case "sigma_coordinate" -> Optional.of(sigma(axis.values(), 0)); // as pyburn writes it
            case "atmosphere_ln_pressure_coordinate" -> logarithmic(axis, terms);
            default -> Optional.empty();
        };
    }

    /** {@code a: hyam b: hybm p0: P0 ps: PS} as CF writes it. */
    static Map<String, String> terms(Coordinate axis) {
        Map<String, String> terms = new HashMap<>();
        String[] words = axis.text("formula_terms").strip().split("\\s+");
        for (int i = 0; i + 1 < words.length; i += 2) {
            terms.put(words[i].replace(":", ""), words[i + 1]);
        }
        return terms;
    }

    private Optional<VerticalAxis> hybrid(Map<String, String> terms) {
        Optional<Coordinate> a = term(terms, "ap").or(() -> term(terms, "a"));
        Optional<Coordinate> b = term(terms, "b");
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        boolean inPressure = !Double.isNaN(Pressures.pascals(a.get().text("units")));
        double reference = inPressure || terms.containsKey("ap") ? 1 : reference(terms);
        double[] pa =
                inPressure
                        ? pascals(a.get())
                        : Arrays.stream(a.get().values()).map(x -> x * reference).toArray();
        return Optional.of(new VerticalAxis.Hybrid(pa, b.get().values()));
    }

    private Optional<VerticalAxis> sigma(Map<String, String> terms) {
        double top = term(terms, "ptop").map(VerticalAxisReader::single).orElse(0.0);
        return term(terms, "sigma").map(sigma -> sigma(sigma.values(), top));
    }

    private static VerticalAxis sigma(double[] b, double top) {
        double[] a = Arrays.stream(b).map(s -> top * (1 - s)).toArray();
        return new VerticalAxis.Hybrid(a, b);
    }

    private Optional<VerticalAxis> logarithmic(Coordinate axis, Map<String, String> terms) {
        double reference = reference(terms);
        return Optional.of(
                new VerticalAxis.Constant(
                        Arrays.stream(axis.values()).map(z -> reference * Math.exp(-z)).toArray()));
    }

    private double reference(Map<String, String> terms) {
        return field.coordinates()
                .named(terms.getOrDefault("p0", ""))
                .map(VerticalAxisReader::single)
                .orElse(USUAL_REFERENCE);
    }

    private static double single(Coordinate c) {
        double unit = Pressures.pascals(c.text("units"));
        return c.values()[0] * (Double.isNaN(unit) ? 1 : unit);
    }

    private Optional<Coordinate> term(Map<String, String> terms, String name) {
        return field.coordinates()
                .named(terms.getOrDefault(name, ""))
                .filter(c -> c.values().length == count);
    }
}
