package org.plateau.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Regimes that exclude each other more or less, so that the strongest can stand for all of them.
 * Several groups may be present at one level at once.
 */
public enum RegimeGroup {
    /** The shape of the temperature map. */
    PATTERN("horizontal pattern"),
    /** The equatorial jet. */
    JET("equatorial jet"),
    /** Whether temperature rises or falls with pressure. */
    GRADIENT("vertical gradient");

    private final String text;

    RegimeGroup(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The group of a regime by its name. */
    public static RegimeGroup of(String regime) {
        return switch (regime.toLowerCase(Locale.ROOT)) {
            case "jet" -> JET;
            case "inverted", "not inverted" -> GRADIENT;
            default -> PATTERN;
        };
    }

    /** Indices of this group's members among the names. */
    public int[] members(List<String> regimes) {
        List<Integer> members = new ArrayList<>();
        for (int r = 0; r < regimes.size(); r++) {
            if (of(regimes.get(r)) == this) {
                members.add(r);
            }
        }
        return members.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The most probable member, -1 if there is none with a number. */
    public static int strongest(int[] members, float[] probability) {
        int best = -1;
        for (int r : members) {
            if (!Float.isNaN(probability[r]) && (best < 0 || probability[r] > probability[best])) {
                best = r;
            }
        }
        return best;
    }
}
