package org.plateau.assembly;

import org.plateau.settings.SettingsNode;

/**
 * Section {@code assembly}.
 *
 * @param memory bytes that fields may take while they are incomplete or wait for partners
 * @param keepIncomplete how many given-up times are kept, so that what completes late fills its gap
 */
public record AssemblySettings(long memory, int keepIncomplete) {
    /** 2 GiB, 64 times. */
    public static final AssemblySettings DEFAULT = new AssemblySettings(2L << 30, 64);

    public static AssemblySettings read(SettingsNode section) {
        return new AssemblySettings(
                section.bytes("memory", DEFAULT.memory),
                section.integer("keepIncomplete", DEFAULT.keepIncomplete));
    }
}
