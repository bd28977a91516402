package org.plateau.classify;

import java.util.List;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code levels}.
 *
 * @param use pressures in Pa of the levels to label: the nearest of the model's each, or just these
 *     where the model's levels have changing pressures; empty: all
 * @param pressures of the model's levels in Pa in the file's order, for a vertical axis that is not
 *     in pressure; empty: the file says
 * @param interpolate to levels of constant pressure: {@code auto} (where the axis is not in
 *     pressure), {@code always} (also where it has formula terms beside nominal pressures), {@code
 *     never}
 * @param hybrid names of the variables with the coefficients a and b of the axis, p = a + b ps,
 *     where it has no formula terms; empty: none
 * @param pressureField whether the settings name a field with the pressures of the levels
 */
public record LevelSettings(
        List<Double> use,
        List<Double> pressures,
        String interpolate,
        List<String> hybrid,
        boolean pressureField) {

    /**
     * @param pressureField whether the settings name a field with the pressures of the levels
     */
    public static LevelSettings read(SettingsNode section, boolean pressureField) {
        boolean all = section.texts("use", List.of("all")).equals(List.of("all"));
        List<String> hybrid = section.texts("hybrid", List.of());
        if (!hybrid.isEmpty() && hybrid.size() != 2) {
            throw section.wrong("hybrid", "the names of two variables, [a, b]", hybrid.toString());
        }
        return new LevelSettings(
                all ? List.of() : section.pressures("use", List.of()),
                section.pressures("pressures", List.of()),
                section.choice("interpolate", "auto", List.of("auto", "always", "never")),
                hybrid,
                pressureField);
    }
}
