package org.plateau.assembly;

/** What a variable is to the network. */
public enum Role {
    TEMPERATURE("temperature"),
    EASTWARD_WIND("eastward wind"),
    NORTHWARD_WIND("northward wind");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
