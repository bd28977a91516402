package org.plateau.monitor;

import org.plateau.settings.SettingsNode;

/**
 * Section {@code monitor}.
 *
 * @param port port on 127.0.0.1; -1 for none, 0 for any free one
 * @param socket path of a Unix domain socket that only its owner can open; empty for none
 * @param viewers most pages that may follow the run at once
 */
public record MonitorSettings(int port, String socket, int viewers) {
    /** No monitor. */
    public static final int OFF = -1;

    private static final int DEFAULT_VIEWERS = 64;
    private static final String PORTS = "-1 (off), 0 (any free one) or 1 to 65535";
    private static final String NUMBERS = "1 to 1000";

    public MonitorSettings {
        if (!isPort(port)) {
            throw new IllegalArgumentException("port: expected " + PORTS + ", found " + port);
        }
        if (!isNumber(viewers)) {
            throw new IllegalArgumentException(
                    "viewers: expected " + NUMBERS + ", found " + viewers);
        }
    }

    /**
     * Reads the section to its end.
     *
     * @throws org.plateau.settings.SettingsException for the first thing wrong in it
     */
    public static MonitorSettings read(SettingsNode section) {
        int port = section.integer("port", OFF);
        if (!isPort(port)) {
            throw section.wrong("port", PORTS, Integer.toString(port));
        }
        int viewers = section.integer("viewers", DEFAULT_VIEWERS);
        if (!isNumber(viewers)) {
            throw section.wrong("viewers", NUMBERS, Integer.toString(viewers));
        }
        MonitorSettings result = new MonitorSettings(port, section.text("socket", ""), viewers);
        section.finish();
        return result;
    }

    private static boolean isPort(int port) {
        return port >= OFF && port <= 65_535;
    }

    private static boolean isNumber(int viewers) {
        return viewers >= 1 && viewers <= 1000;
    }

    /** These settings with another port. */
    public MonitorSettings onPort(int other) {
        return new MonitorSettings(other, socket, viewers);
    }

    public boolean isOn() {
        return port != OFF || !socket.isEmpty();
    }
}
