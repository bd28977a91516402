package org.plateau.plot;

/** Units in which pictures show pressure. */
public enum PressureUnit {
    BAR("bar", 1e5),
    HPA("hPa", 1e2),
    PA("Pa", 1);

    final String symbol;
    final double pascal;

    PressureUnit(String symbol, double pascal) {
        this.symbol = symbol;
        this.pascal = pascal;
    }

    public double of(double pressure) {
        return pressure / pascal;
    }

    /** With two significant digits and the unit. */
    public String text(double pressure) {
        return Decimal.significant(of(pressure), 2) + " " + symbol;
    }
}
