package org.plateau.classify;

import java.util.List;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code classify}.
 *
 * @param labels {@code network}: by the network; {@code computed}: the scores from which it was
 *     taught, without any network
 * @param batch most maps that the network is given at once
 * @param holes most of a map's area, 0 to 1, that may be missing values and is filled from around
 * @param sync whether every commit waits for the disk, against loss of power
 * @param maps bytes that {@code maps.nc}, the maps of past times, may take; 0: none are kept
 * @param dumpFields folder to which every assembled field is written as it stands on disk; empty:
 *     none
 */
public record ClassifySettings(
        String labels, int batch, double holes, boolean sync, long maps, String dumpFields) {
    public static ClassifySettings read(SettingsNode section) {
        int batch = section.integer("batch", 64);
        double holes = section.number("holes", 0.05);
        if (batch < 1) {
            throw section.wrong("batch", "at least 1", Integer.toString(batch));
        }
        if (!(holes >= 0 && holes < 1)) {
            throw section.wrong("holes", "a share from 0 to below 1", Double.toString(holes));
        }
        return new ClassifySettings(
                section.choice("labels", "network", List.of("network", "computed")),
                batch,
                holes,
                section.flag("sync", true),
                section.bytes("maps", 512L << 20),
                section.text("dumpFields", ""));
    }
}
