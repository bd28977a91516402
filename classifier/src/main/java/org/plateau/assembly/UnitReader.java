package org.plateau.assembly;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.plateau.field.ModelCalendar;
import org.plateau.field.ModelTime;
import org.plateau.field.TimeUnits;
import org.plateau.message.Attribute;
import org.plateau.message.VariableDescriptor;
import org.plateau.units.UnitConversion;

/**
 * What the numbers of a file are in, and how they become SI's: everything behind the intake has
 * kelvins, metres per second, pascals and W m-2. Says of each variable once what cannot be read.
 * One thread.
 */
final class UnitReader {
    private static final String FLUX = "W m-2";

    /** How numbers become those of a unit, and that unit. */
    record Reading(UnitConversion to, String unit) {}

    private final InputUnits settings;
    private final Consumer<String> notices;
    private final Map<String, Optional<UnitConversion>> known = new HashMap<>();
    private final Set<String> said = new HashSet<>();

    /**
     * @param notices told in one line of what cannot be read, or is taken for what it may not be
     */
    UnitReader(InputUnits settings, Consumer<String> notices) {
        this.settings = settings;
        this.notices = notices;
    }

    /** How an input becomes what its role is in; empty if its unit is none of that kind. */
    Optional<Reading> of(Role role, VariableDescriptor variable) {
        return conversion(
                        variable,
                        settings.of(role).orElse(text(variable)),
                        role.unit(),
                        role.text(),
                        "input.units." + role.key())
                .map(to -> new Reading(to, role.unit()));
    }

    /**
     * How what metrics of the column are made of is read: fluxes become W m-2, all else stays in
     * its own unit; empty if a flux's unit is none of that kind.
     *
     * @param flux whether it is one
     */
    Optional<Reading> ofWritten(VariableDescriptor variable, boolean flux) {
        if (!flux) {
            String unit = text(variable).isBlank() ? "1" : text(variable);
            return Optional.of(new Reading(UnitConversion.NONE, unit));
        }
        return conversion(variable, text(variable), FLUX, "a flux", "its attribute units")
                .map(to -> new Reading(to, FLUX));
    }

    /** An angle in degrees; in another unit than those of angles it is said, and taken as that. */
    double degrees(VariableDescriptor variable, double value) {
        return conversion(variable, text(variable), "degree", "an angle", "its attribute units")
                .orElse(UnitConversion.NONE)
                .of(value);
    }

    private Optional<UnitConversion> conversion(
            VariableDescriptor variable, String unit, String si, String what, String where) {
        String key = variable.variable() + "\n" + unit + "\n" + si;
        Optional<UnitConversion> before = known.get(key);
        if (before != null) {
            return before;
        }
        Optional<UnitConversion> found =
                unit.isBlank()
                        ? Optional.of(UnitConversion.NONE)
                        : UnitConversion.between(unit, si);
        known.put(key, found);
        if (unit.isBlank()) {
            say(
                    key,
                    "%s of %s: expected units of %s, found none: taken as %s; if it is not, say so"
                            + " with %s",
                    variable.variable(),
                    variable.path(),
                    what,
                    si,
                    where);
        } else if (found.isEmpty()) {
            say(
                    key,
                    "%s of %s: expected units of %s that convert to %s, found '%s': not used; say"
                            + " what it is in with %s",
                    variable.variable(),
                    variable.path(),
                    what,
                    si,
                    unit,
                    where);
        }
        return found;
    }

    /**
     * A point in the model's time.
     *
     * @param coordinate the variable of the times
     * @param value of it
     * @return empty if its units say neither a length of time nor, with the settings, a step
     */
    Optional<ModelTime> time(VariableDescriptor coordinate, double value) {
        ModelCalendar calendar = calendar(coordinate);
        Optional<TimeUnits> units = TimeUnits.ofModel(text(coordinate), calendar);
        if (units.isPresent()) {
            return Optional.of(new ModelTime(value, units.get()));
        }
        if (!Double.isNaN(settings.timeStep())) {
            return Optional.of(
                    new ModelTime(
                            value * settings.timeStep(), TimeUnits.sinceStart("s", calendar)));
        }
        String found = text(coordinate).isBlank() ? "none" : "'" + text(coordinate) + "'";
        say(
                coordinate.variable() + found,
                "%s of %s: expected units of time such as 'days since 2000-01-01', found %s: no time"
                        + " is known, nothing is labelled; if it counts steps of the model, say how"
                        + " long one is with input.timeStep, else give it such units",
                coordinate.variable(),
                coordinate.path(),
                found);
        return Optional.empty();
    }

    private ModelCalendar calendar(VariableDescriptor time) {
        try {
            return described(time);
        } catch (IllegalArgumentException e) {
            say(
                    time.variable() + "\ncalendar",
                    "%s of %s: %s: its times count days of 86400 s, without months",
                    time.variable(),
                    time.path(),
                    e.getMessage());
            return ModelCalendar.named("none");
        }
    }

    private static ModelCalendar described(VariableDescriptor time) {
        double[] months =
                time.attribute("month_lengths").map(Attribute::numbers).orElse(new double[0]);
        double day = time.attribute("day_length").map(Attribute::number).orElse(86400.0);
        if (months.length > 0) {
            int[] lengths = new int[months.length];
            java.util.Arrays.setAll(lengths, i -> (int) months[i]);
            return ModelCalendar.userDefined(lengths, day);
        }
        return ModelCalendar.named(time.attribute("calendar").map(Attribute::text).orElse(""));
    }

    private static String text(VariableDescriptor variable) {
        return variable.attribute("units").map(Attribute::text).orElse("");
    }

    private void say(String once, String format, Object... words) {
        if (said.add(once)) {
            notices.accept(String.format(format, words));
        }
    }
}
