package org.plateau.grid;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Units of pressure as they stand in netCDF files. */
public final class Pressures {
    private Pressures() {}

    /** Pa per unit, NaN if the text is no unit of pressure. */
    public static double pascals(String unit) {
        return switch (unit.trim()) {
            case "Pa", "pascal", "pascals", "Pascal", "Pascals", "N m-2", "N/m2", "kg m-1 s-2" -> 1;
            case "hPa", "mb", "mbar", "mbars", "millibar", "millibars", "hectopascal" -> 100;
            case "kPa" -> 1e3;
            case "dbar" -> 1e4;
            case "bar", "bars" -> 1e5;
            case "MPa" -> 1e6;
            case "atm", "atmosphere" -> 101325;
            case "dyn cm-2", "dyn/cm2", "ubar", "microbar" -> 0.1;
            default -> Double.NaN;
        };
    }

    /** A pressure as a key that tells close levels apart: {@code 18738.2 Pa}. */
    public static String name(double pascals) {
        return digits(pascals, 6) + " Pa";
    }

    /** A pressure for people, the same in every output: {@code 0.200 bar}, {@code 1.00 mbar}. */
    public static String text(double pascals) {
        double bars = pascals / 1e5;
        if (bars >= 999.5) {
            return digits(bars, 3) + " bar";
        }
        return bars >= 1e-2
                ? String.format(Locale.ROOT, "%.3g bar", bars)
                : String.format(Locale.ROOT, "%.3g mbar", bars * 1e3);
    }

    private static String digits(double value, int most) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .round(new MathContext(most))
                        .stripTrailingZeros()
                        .toPlainString()
                : Double.toString(value);
    }
}
