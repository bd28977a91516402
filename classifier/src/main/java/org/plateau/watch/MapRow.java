package org.plateau.watch;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.plateau.plot.Palette;
import org.plateau.plot.RegimeGroup;
import org.plateau.results.Columns;

/**
 * One level of the coarse categorisation map: a letter per column, large where the regime is
 * certain, on the regime's colour.
 */
final class MapRow {
    static final char NOTHING = '?';
    static final char GAP = '#';
    private static final double CERTAIN = 0.75;
    private static final double LIKELY = 0.5;

    private final List<String> regimes;
    private final Columns columns;
    private final Palette palette;
    private final boolean colour;
    private final int[] members;

    MapRow(List<String> regimes, Columns columns, Palette palette, boolean colour) {
        this.regimes = regimes;
        this.columns = columns;
        this.palette = palette;
        this.colour = colour;
        this.members = RegimeGroup.PATTERN.members(regimes);
    }

    /** The letter that stands for a regime: its first, but f for butterfly. */
    static char letter(String regime) {
        return regime.equals("butterfly") ? 'f' : regime.charAt(0);
    }

    /** The row, padded to {@code width} columns. */
    String text(int level, int width) {
        StringBuilder row = new StringBuilder();
        String last = "";
        for (int c = 0; c < columns.count(); c++) {
            String ink = colour ? Ink.on(background(c, level)) : "";
            if (!ink.equals(last)) {
                row.append(ink);
                last = ink;
            }
            row.append(symbol(c, level));
        }
        return row.append(colour ? Ink.RESET : "")
                .append(" ".repeat(width - columns.count()))
                .toString();
    }

    private char symbol(int c, int level) {
        if (columns.isGap(c, level)) {
            return GAP;
        }
        int best = RegimeGroup.strongest(members, columns.probability()[c][level]);
        if (best < 0 || isNothing(c, level, best)) {
            return NOTHING;
        }
        double probability = columns.probability()[c][level][best];
        char letter = letter(regimes.get(best));
        if (probability >= CERTAIN) {
            return String.valueOf(letter).toUpperCase(Locale.ROOT).charAt(0);
        }
        return probability >= LIKELY ? letter : '.';
    }

    private boolean isNothing(int c, int level, int best) {
        return columns.nothing()[c][level] > columns.probability()[c][level][best];
    }

    private Color background(int c, int level) {
        if (columns.isGap(c, level)) {
            return Color.GRAY;
        }
        int best = RegimeGroup.strongest(members, columns.probability()[c][level]);
        if (best < 0 || isNothing(c, level, best)) {
            return Color.WHITE;
        }
        return palette.shade(regimes.get(best), columns.probability()[c][level][best]);
    }
}
