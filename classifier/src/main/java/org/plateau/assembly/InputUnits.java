package org.plateau.assembly;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.plateau.settings.SettingsNode;
import org.plateau.units.UnitConversion;

/**
 * Section {@code input}, in part: what numbers are in, where their attribute {@code units} does not
 * say it, or not truly.
 *
 * @param given units by role, which decide alone
 * @param timeStep s from one step of the model to the next, for times that count steps; NaN if not
 *     known
 */
public record InputUnits(Map<Role, String> given, double timeStep) {
    /** By the attributes alone. */
    public static final InputUnits AS_WRITTEN = new InputUnits(Map.of(), Double.NaN);

    public InputUnits {
        given = Map.copyOf(given);
    }

    static InputUnits read(SettingsNode input) {
        SettingsNode section = input.section("units");
        Map<Role, String> given = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String unit = section.text(role.key(), "");
            if (!unit.isEmpty() && UnitConversion.between(unit, role.unit()).isEmpty()) {
                throw section.wrong(
                        role.key(), "a unit that converts to " + role.unit(), "'" + unit + "'");
            }
            if (!unit.isEmpty()) {
                given.put(role, unit);
            }
        }
        double step = input.seconds("timeStep", Double.NaN);
        if (step <= 0) {
            throw input.wrong(
                    "timeStep", "a positive time such as 1200 s", input.text("timeStep", ""));
        }
        return new InputUnits(given, step);
    }

    /** What the settings say of a role's unit. */
    Optional<String> of(Role role) {
        return Optional.ofNullable(given.get(role));
    }
}
