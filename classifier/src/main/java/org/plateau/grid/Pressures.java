package org.plateau.grid;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.plateau.units.UnitConversion;

/** Units of pressure as they stand in netCDF files. */
public final class Pressures {
    private Pressures() {}

    /** Pa per unit, NaN if the text is no unit of pressure. */
    public static double pascals(String unit) {
        return UnitConversion.between(unit, "Pa").map(UnitConversion::scale).orElse(Double.NaN);
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
