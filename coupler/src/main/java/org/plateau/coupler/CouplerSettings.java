package org.plateau.coupler;

import java.nio.file.Path;
import java.time.Duration;
import org.plateau.queue.QueueSettings;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;

/**
 * What the coupler needs to know.
 *
 * @param run where the account goes and the stop is asked for
 * @param queue where records go
 * @param window most bytes that one node may have under way to the sink without an acknowledgement
 * @param lookEvery how often stop and finish are looked for, and dead writers noticed
 */
public record CouplerSettings(
        RunSettings run, QueueSettings queue, long window, Duration lookEvery) {

    /**
     * Reads the sections {@code run}, {@code queue} and {@code coupler} of a settings file.
     *
     * @throws org.plateau.settings.SettingsException with one line if something is wrong there
     */
    public static CouplerSettings load(Path file) {
        SettingsNode root = SettingsFile.load(file);
        SettingsNode run = root.section("run");
        SettingsNode queue = root.section("queue");
        SettingsNode coupler = root.section("coupler");
        CouplerSettings settings =
                new CouplerSettings(
                        RunSettings.read(run),
                        QueueSettings.read(queue),
                        coupler.bytes("window", 64L << 20),
                        coupler.duration("lookEvery", Duration.ofMillis(250)));
        run.finish();
        queue.finish();
        coupler.finish();
        return settings;
    }
}
