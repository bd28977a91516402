package org.plateau.classify;

import org.plateau.field.PlanetScales;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code planet}.
 *
 * @param substellarLongitude degrees east in the model's longitudes, at the start of model time
 * @param substellarRate degrees east per day of 86,400 s by which it moves
 * @param referencePressure Pa, at which a potential temperature is the temperature
 */
public record PlanetSettings(
        PlanetScales scales,
        double substellarLongitude,
        double substellarRate,
        double referencePressure,
        RadiativeTime radiativeTime) {

    public static PlanetSettings read(SettingsNode section) {
        PlanetScales usual = PlanetScales.HD_209458B;
        PlanetScales scales =
                new PlanetScales(
                        section.length("radius", usual.radius()),
                        section.rate("rotation", usual.rotation()),
                        section.speed("waveSpeed", usual.waveSpeed()),
                        section.number("gasConstant", usual.gasConstant()),
                        section.number("heatCapacity", usual.heatCapacity()));
        return new PlanetSettings(
                scales,
                section.angle("substellarLongitude", 0),
                section.number("substellarRate", 0),
                section.pressure("referencePressure", 1e5),
                RadiativeTime.read(section));
    }
}
