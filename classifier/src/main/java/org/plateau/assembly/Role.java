package org.plateau.assembly;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a variable is to the network. */
public enum Role {
    TEMPERATURE("temperature", "temperature"),
    EASTWARD_WIND("eastwardWind", "eastward wind"),
    NORTHWARD_WIND("northwardWind", "northward wind"),
    /** Of the levels, where their pressures change: needed by some vertical axes. */
    PRESSURE("pressure", "pressure"),
    /** At the surface: needed by hybrid vertical axes. */
    SURFACE_PRESSURE("surfacePressure", "surface pressure");

    /** What every map needs. */
    public static final Set<Role> OF_MAPS =
            Collections.unmodifiableSet(EnumSet.of(TEMPERATURE, EASTWARD_WIND, NORTHWARD_WIND));

    private final String key;
    private final String text;

    Role(String key, String text) {
        this.key = key;
        this.text = text;
    }

    /** Key of its names in the section {@code input} of the settings. */
    public String key() {
        return key;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
