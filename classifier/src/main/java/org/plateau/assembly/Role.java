package org.plateau.assembly;

/** What a variable is to the network. */
public enum Role {
    TEMPERATURE("temperature", "temperature"),
    EASTWARD_WIND("eastwardWind", "eastward wind"),
    NORTHWARD_WIND("northwardWind", "northward wind");

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
