package org.plateau.settings;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number with a unit, as written in a settings file: {@code 64 MiB}, {@code 500 ms}. */
enum Quantity {
    BYTES("a size such as 64 MiB", bytes()),
    DURATION("a time such as 500 ms, 2 h or 10 d", durations()),
    PRESSURE("a pressure such as 1 bar, 100 hPa or 1e5 Pa", pressures()),
    LENGTH("a length such as 9.44e7 m or 94400 km", Map.of("m", 1.0, "km", 1e3)),
    ANGLE("an angle such as 180 deg", Map.of("deg", 1.0, "rad", 180 / Math.PI)),
    SPEED("a speed such as 2.7 km/s", Map.of("m/s", 1.0, "km/s", 1e3)),
    RATE("a rotation rate such as 2.06e-5 /s", Map.of("/s", 1.0, "rad/s", 1.0));

    /** More than any machine has; a larger number is a slip of the pen. */
    private static final double MOST_BYTES = 0x1p60;

    private static final Pattern FORM =
            Pattern.compile("\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*([A-Za-z/]+)\\s*");

    final String expected;
    private final Map<String, Double> units;

    Quantity(String expected, Map<String, Double> units) {
        this.expected = expected;
        this.units = units;
    }

    /**
     * The value in the base unit (bytes, seconds, Pa, m, degrees, m/s, 1/s), NaN if it is none or
     * no possible one.
     */
    double parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Double.NaN;
        }
        Double factor = units.get(matcher.group(2));
        if (factor == null) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(matcher.group(1)) * factor;
            return possible(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private boolean possible(double value) {
        return switch (this) {
            case BYTES -> value >= 0 && value <= MOST_BYTES;
            case PRESSURE -> value > 0 && Double.isFinite(value);
            default -> Double.isFinite(value);
        };
    }

    private static Map<String, Double> bytes() {
        Map<String, Double> units = new TreeMap<>(Map.of("B", 1.0));
        double binary = 1;
        double decimal = 1;
        for (String prefix : new String[] {"k", "M", "G", "T"}) {
            binary *= 1024;
            decimal *= 1000;
            units.put((prefix.equals("k") ? "K" : prefix) + "iB", binary);
            units.put(prefix + "B", decimal);
        }
        return units;
    }

    private static Map<String, Double> durations() {
        return Map.of(
                "us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0, "d", 86400.0, "days",
                86400.0);
    }

    private static Map<String, Double> pressures() {
        return Map.of("Pa", 1.0, "hPa", 100.0, "kPa", 1e3, "mbar", 100.0, "bar", 1e5);
    }
}
