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

    public MonitorSettings {
        if (port < OFF || port > 65535) {
            throw new IllegalArgumentException(
                    "monitor.port: expected -1 (off), 0 (any free one) or 1 to 65535, found "
                            + port);
        }
        if (viewers < 1 || viewers > 1000) {
            throw new IllegalArgumentException(
                    "monitor.viewers: expected 1 to 1000, found " + viewers);
        }
    }

    public static MonitorSettings read(SettingsNode section) {
        return new MonitorSettings(
                section.integer("port", OFF),
                section.text("socket", ""),
                section.integer("viewers", DEFAULT_VIEWERS));
    }

    /** These settings with another port. */
    public MonitorSettings onPort(int other) {
        return new MonitorSettings(other, socket, viewers);
    }

    public boolean isOn() {
        return port != OFF || !socket.isEmpty();
    }
}
