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

    private static final long LEAST_WINDOW = 1L << 20;
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(10);

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
        if (settings.window() < LEAST_WINDOW) {
            throw coupler.wrong("window", "at least 1 MiB", settings.window() + " bytes");
        }
        if (settings.lookEvery().compareTo(SHORTEST_LOOK) < 0) {
            throw coupler.wrong("lookEvery", "at least 10 ms", "" + settings.lookEvery());
        }
        run.finish();
        queue.finish();
        coupler.finish();
        return settings;
    }
}
