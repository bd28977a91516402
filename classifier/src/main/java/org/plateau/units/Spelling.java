package org.plateau.units;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Units as models and people write them, in the spelling of UDUNITS. What is ambiguous is read by
 * the quantity that is expected: {@code C} among temperatures is no coulomb, and {@code mb} among
 * pressures no millibarn.
 */
final class Spelling {
    private static final Pattern DEGREES =
            Pattern.compile(
                    "(?:deg(?:rees?)?\\.?[ _]?)?(C|F|K|celsius|centigrade|fahrenheit|kelvins?)",
                    Pattern.CASE_INSENSITIVE);

    private static final Map<String, Map<String, String>> BY_QUANTITY =
            Map.of(
                    "Pa",
                    Map.of("mb", "mbar", "mbs", "mbar"),
                    "m s-1",
                    Map.of(
                            "ms-1", "m s-1",
                            "kts", "knot",
                            "mph", "mile hour-1",
                            "kph", "km hour-1",
                            "kmh", "km hour-1",
                            "kmh-1", "km hour-1"));

    private Spelling() {}

    /**
     * @param to the unit that is expected, as in {@link UnitConversion#between}
     */
    static String usual(String unit, String to) {
        if (to.equals("K")) {
            Matcher degrees = DEGREES.matcher(unit.replace("°", "deg").replace("º", "deg"));
            if (degrees.matches()) {
                return degrees(degrees.group(1));
            }
        }
        String plain =
                unit.replace('·', '.')
                        .replace('µ', 'u')
                        .replace('μ', 'u')
                        .replace("**", "^")
                        .replaceAll("[{}]", "")
                        .replaceAll("\\bdyn\\b", "dyne");
        return BY_QUANTITY
                .getOrDefault(to, Map.of())
                .getOrDefault(plain.toLowerCase(Locale.ROOT), plain);
    }

    private static String degrees(String name) {
        return switch (Character.toUpperCase(name.charAt(0))) {
            case 'C' -> "degC";
            case 'F' -> "degF";
            default -> "K";
        };
    }
}
