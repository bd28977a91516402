package org.plateau.settings;

/** A settings file that cannot be used; the message is the one line that the user sees. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
