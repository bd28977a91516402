package org.plateau.grid;

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

    /** A pressure for people: {@code 0.2 bar}, {@code 1 mbar}. */
    public static String text(double pascals) {
        if (pascals >= 1e3) {
            return String.format(Locale.ROOT, "%.3g bar", pascals / 1e5);
        }
        return String.format(Locale.ROOT, "%.3g mbar", pascals / 100);
    }
}
