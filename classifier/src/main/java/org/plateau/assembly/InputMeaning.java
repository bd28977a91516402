package org.plateau.assembly;

import java.util.List;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code input}, in part: what the fields are, where their CF attributes do not say it.
 *
 * @param temperature {@code auto} (by standard_name), {@code absolute} or {@code potential}
 * @param winds {@code auto} (by standard_name), {@code eastward}, or {@code grid}: along the rows
 *     and columns of a curvilinear grid
 * @param substellarLongitude name of a variable of one number per record, degrees east, in the file
 *     of the temperature; empty: the planet's settings say
 * @param units what numbers are in
 */
public record InputMeaning(
        String temperature, String winds, String substellarLongitude, InputUnits units) {
    /** By the CF attributes alone. */
    public static final InputMeaning AUTOMATIC =
            new InputMeaning("auto", "auto", "", InputUnits.AS_WRITTEN);

    static InputMeaning read(SettingsNode input) {
        return new InputMeaning(
                input.choice("temperatureIs", "auto", List.of("auto", "absolute", "potential")),
                input.choice("windsAre", "auto", List.of("auto", "eastward", "grid")),
                input.text("substellarLongitude", ""),
                InputUnits.read(input));
    }

    /** Whether a temperature is a potential one. */
    public boolean potential(Field field) {
        return temperature.equals("potential")
                || temperature.equals("auto")
                        && standardName(field).equals("air_potential_temperature");
    }

    /** Whether a field is a wind along the grid's own directions. */
    public boolean gridRelative(Field field) {
        if (field.role() != Role.EASTWARD_WIND && field.role() != Role.NORTHWARD_WIND) {
            return false;
        }
        return winds.equals("grid")
                || winds.equals("auto")
                        && InputNames.GRID_RELATIVE.get(field.role()).contains(standardName(field));
    }

    private static String standardName(Field field) {
        return field.variable().attribute("standard_name").map(a -> a.text()).orElse("");
    }
}
