package org.plateau.assembly;

import org.plateau.settings.SettingsNode;

/**
 * Section {@code assembly}.
 *
 * @param memory bytes that fields may take while they are incomplete or wait for partners
 * @param disk bytes that they may take on disk beyond that; 0: what has no room in memory is given
 *     up, the oldest first
 * @param keepIncomplete how many given-up times are kept, so that what completes late fills its gap
 */
public record AssemblySettings(long memory, long disk, int keepIncomplete) {
    /** 2 GiB, 16 GiB, 64 times. */
    public static final AssemblySettings DEFAULT = new AssemblySettings(2L << 30, 16L << 30, 64);

    public static AssemblySettings read(SettingsNode section) {
        return new AssemblySettings(
                section.bytes("memory", DEFAULT.memory),
                section.bytes("disk", DEFAULT.disk),
                section.integer("keepIncomplete", DEFAULT.keepIncomplete));
    }
}
