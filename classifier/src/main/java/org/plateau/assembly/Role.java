package org.plateau.assembly;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a variable is to the network. */
public enum Role {
    TEMPERATURE("temperature", "temperature", "K"),
    EASTWARD_WIND("eastwardWind", "eastward wind", "m s-1"),
    NORTHWARD_WIND("northwardWind", "northward wind", "m s-1"),
    /** Of the levels, where their pressures change: needed by some vertical axes. */
    PRESSURE("pressure", "pressure", "Pa"),
    /** At the surface: needed by hybrid vertical axes. */
    SURFACE_PRESSURE("surfacePressure", "surface pressure", "Pa");

    /** What every map needs. */
    public static final Set<Role> OF_MAPS =
            Collections.unmodifiableSet(EnumSet.of(TEMPERATURE, EASTWARD_WIND, NORTHWARD_WIND));

    private final String key;
    private final String text;
    private final String unit;

    Role(String key, String text, String unit) {
        this.key = key;
        this.text = text;
        this.unit = unit;
    }

    /** Key of its names in the section {@code input} of the settings. */
    public String key() {
        return key;
    }

    /** In words. */
    public String text() {
        return text;
    }

    /** In which everything that asks for its values gets them, as UDUNITS writes it. */
    public String unit() {
        return unit;
    }
}
