package org.plateau.equilibration;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code equilibration} of the settings: how strict the test is for each metric and level.
 *
 * @param common alpha, minimum samples, window and spread; its tolerance and horizon are replaced
 * @param horizonDays horizon of levels whose radiative time is not known, days
 * @param radiativeTimes horizon in radiative times of a level whose radiative time is known; 0:
 *     never
 * @param tolerances by name of the metric, where a person has given them
 * @param variables that a person wants judged besides the metrics, by name; both parts of a
 *     tolerance 0: by the spread
 */
public record EquilibrationSection(
        EquilibrationSettings common,
        double horizonDays,
        double radiativeTimes,
        Map<String, Tolerance> tolerances,
        Map<String, Tolerance> variables) {

    private static final double SECONDS_PER_DAY = 86_400;

    /**
     * A tolerance: the larger of the two counts.
     *
     * @param absolute in the metric's unit
     * @param relative as a fraction of the mean's size
     */
    public record Tolerance(double absolute, double relative) {}

    public EquilibrationSection {
        tolerances = Map.copyOf(tolerances);
        variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    public static EquilibrationSection read(SettingsNode section) {
        EquilibrationSettings base = EquilibrationSettings.DEFAULT;
        EquilibrationSettings common =
                new EquilibrationSettings(
                        0,
                        0,
                        positive(section, "spread", base.spread()),
                        0,
                        positive(section, "alpha", base.alpha()),
                        fewest(section, base.minimumSamples()),
                        days(section, "window", Duration.ZERO));
        double horizon = days(section, "horizon", Duration.ofDays(1000));
        double times = notNegative(section, "radiativeTimes", 3);
        return new EquilibrationSection(
                common, horizon, times, tolerances(section), variables(section));
    }

    private static Map<String, Tolerance> variables(SettingsNode section) {
        Map<String, Tolerance> found = new LinkedHashMap<>();
        SettingsNode all = section.section("variables");
        for (String variable : all.keys()) {
            SettingsNode one = all.section(variable);
            found.put(
                    variable,
                    new Tolerance(
                            notNegative(one, "absolute", 0), notNegative(one, "relative", 0)));
        }
        return found;
    }

    private static Map<String, Tolerance> tolerances(SettingsNode section) {
        Map<String, Tolerance> found = new LinkedHashMap<>();
        SettingsNode all = section.section("tolerance");
        for (String metric : all.keys()) {
            SettingsNode one = all.section(metric);
            double absolute = notNegative(one, "absolute", 0);
            double relative = notNegative(one, "relative", 0);
            if (absolute == 0 && relative == 0) {
                throw all.wrong(metric, "an absolute or relative tolerance above 0", "none");
            }
            found.put(metric, new Tolerance(absolute, relative));
        }
        return found;
    }

    private static double days(SettingsNode section, String key, Duration otherwise) {
        return section.duration(key, otherwise).toMillis() / 1000.0 / SECONDS_PER_DAY;
    }

    private static double positive(SettingsNode section, String key, double otherwise) {
        double value = section.number(key, otherwise);
        if (!(value > 0) || value >= 0.5 && key.equals("alpha")) {
            throw section.wrong(key, "a number above 0 (alpha: below 0.5)", "" + value);
        }
        return value;
    }

    private static double notNegative(SettingsNode section, String key, double otherwise) {
        double value = section.number(key, otherwise);
        if (!(value >= 0)) {
            throw section.wrong(key, "a number of 0 or more", "" + value);
        }
        return value;
    }

    private static int fewest(SettingsNode section, int otherwise) {
        int value = section.integer("minimumSamples", otherwise);
        if (value < EquilibrationSettings.FEWEST_SAMPLES) {
            throw section.wrong(
                    "minimumSamples",
                    "a whole number of " + EquilibrationSettings.FEWEST_SAMPLES + " or more",
                    "" + value);
        }
        return value;
    }

    /**
     * The settings of one metric at one level.
     *
     * @param metric its name, as in the section {@code tolerance}
     * @param usual its tolerance where no person has given one; both parts 0: by the spread
     * @param radiativeSeconds radiative time of the level in seconds; NaN or 0: not known
     */
    public EquilibrationSettings of(String metric, Tolerance usual, double radiativeSeconds) {
        Tolerance tolerance = tolerances.getOrDefault(metric, usual);
        boolean known = radiativeTimes > 0 && radiativeSeconds > 0;
        double horizon = known ? radiativeTimes * radiativeSeconds / SECONDS_PER_DAY : horizonDays;
        return common.withTolerance(tolerance.absolute(), tolerance.relative())
                .withHorizon(horizon);
    }
}
