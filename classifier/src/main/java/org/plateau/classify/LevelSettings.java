package org.plateau.classify;

import java.util.List;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code levels}.
 *
 * @param use pressures in Pa of the levels to label, the nearest of the model's each; empty: all
 * @param pressures of the model's levels in Pa in the file's order, for a vertical axis that is not
 *     in pressure; empty: the file says
 */
public record LevelSettings(List<Double> use, List<Double> pressures) {
    public static LevelSettings read(SettingsNode section) {
        boolean all = section.texts("use", List.of("all")).equals(List.of("all"));
        return new LevelSettings(
                all ? List.of() : section.pressures("use", List.of()),
                section.pressures("pressures", List.of()));
    }
}
