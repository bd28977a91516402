package org.plateau.classify;

import java.util.Map;
import java.util.TreeMap;
import org.plateau.settings.SettingsNode;

/** How long a level takes to lose its heat by radiation, by pressure. */
public interface RadiativeTime {
    /** Seconds at a pressure in Pa; NaN if it is not known there. */
    double at(double pascals);

    /** Not known anywhere. */
    RadiativeTime UNKNOWN = pascals -> Double.NaN;

    /**
     * HD 209458b after Heng, Menou and Phillipps (2011): a polynomial of log10(p/1 bar) for p of at
     * most 10 bar, unknown below.
     */
    RadiativeTime HENG_2011 =
            pascals -> {
                double x = Math.log10(pascals / 1e5);
                return x > 1
                        ? Double.NaN
                        : Math.pow(
                                10,
                                5.4659686
                                        + x
                                                * (1.4940124
                                                        + x
                                                                * (0.66079196
                                                                        + x
                                                                                * (0.16475329
                                                                                        + x
                                                                                                * 0.014241552))));
            };

    /** Reads the key {@code radiativeTime}: {@code heng2011}, or times by pressure. */
    static RadiativeTime read(SettingsNode planet) {
        if (!planet.has("radiativeTime")) {
            return UNKNOWN;
        }
        SettingsNode table;
        try {
            table = planet.section("radiativeTime");
        } catch (org.plateau.settings.SettingsException e) {
            if (planet.text("radiativeTime", "").equals("heng2011")) {
                return HENG_2011;
            }
            throw planet.wrong(
                    "radiativeTime",
                    "heng2011 or a table of times by pressure",
                    "'" + planet.text("radiativeTime", "") + "'");
        }
        TreeMap<Double, Double> times = new TreeMap<>();
        for (String key : table.keys()) {
            times.put(table.pressureKey(key), table.seconds(key, Double.NaN));
        }
        return pascals -> between(times, pascals);
    }

    private static double between(TreeMap<Double, Double> times, double pascals) {
        Map.Entry<Double, Double> low = times.floorEntry(pascals);
        Map.Entry<Double, Double> high = times.ceilingEntry(pascals);
        if (low == null || high == null) {
            return Double.NaN;
        }
        if (low.getKey().equals(high.getKey())) {
            return low.getValue();
        }
        double share = Math.log(pascals / low.getKey()) / Math.log(high.getKey() / low.getKey());
        return low.getValue() * Math.pow(high.getValue() / low.getValue(), share);
    }
}
