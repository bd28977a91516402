package org.plateau.units;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import ucar.units.Converter;
import ucar.units.UnitException;
import ucar.units.UnitFormatManager;

/**
 * The way from numbers in one unit to numbers in another: {@code scale * number + offset}. Units
 * are UDUNITS', as the CF conventions want them, and what models write besides ({@link Spelling}).
 */
public record UnitConversion(double scale, double offset) {
    /** Changes nothing. */
    public static final UnitConversion NONE = new UnitConversion(1, 0);

    /** Far apart and exact in binary, so that the scale keeps its digits beside an offset. */
    private static final double FAR = 1 << 20;

    private static final Map<String, Optional<UnitConversion>> KNOWN = new ConcurrentHashMap<>();

    /**
     * The conversion between two units; empty if {@code from} is no unit that is known, or one of
     * another kind of quantity, or no linear one.
     *
     * @param from as it stands in a file
     * @param to a unit as UDUNITS writes it: {@code K}, {@code m s-1}, {@code Pa}
     */
    public static Optional<UnitConversion> between(String from, String to) {
        return KNOWN.computeIfAbsent(
                from.strip() + "\n" + to, key -> found(Spelling.usual(from.strip(), to), to));
    }

    private static synchronized Optional<UnitConversion> found(String from, String to) {
        if (from.equals(to)) {
            return Optional.of(NONE);
        }
        try {
            Converter converter =
                    UnitFormatManager.instance()
                            .parse(from)
                            .getConverterTo(UnitFormatManager.instance().parse(to));
            double offset = converter.convert(0.0);
            double scale =
                    offset == 0 ? converter.convert(1.0) : (converter.convert(FAR) - offset) / FAR;
            double half = converter.convert(FAR / 2);
            boolean linear =
                    Math.abs(half - (scale * FAR / 2 + offset)) <= 1e-9 * Math.abs(scale) * FAR;
            return linear && scale != 0
                    ? Optional.of(new UnitConversion(scale, offset))
                    : Optional.empty();
        } catch (UnitException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether numbers stay what they are. */
    public boolean isNone() {
        return scale == 1 && offset == 0;
    }

    /** A number in the other unit. */
    public double of(double number) {
        return scale * number + offset;
    }
}
