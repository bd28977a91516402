package org.plateau.launch;

import java.nio.file.Path;
import java.util.Map;
import org.plateau.bridge.HookSettings;
import org.plateau.network.NetworkSettings;
import org.plateau.queue.QueueSettings;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;

/**
 * What a launch with these settings would use; nothing is made or started.
 *
 * @param runDirectory where results and logs would go
 * @param session the session's directory if the settings name one; empty: one under /dev/shm
 * @param queue the folder of the run's queues
 * @param hook sizes of the rings
 * @param sizes of the queues; their directory is {@code queue}
 * @param network engine and device
 */
public record RunPlan(
        Path runDirectory,
        String session,
        Path queue,
        HookSettings hook,
        QueueSettings sizes,
        NetworkSettings network) {
    /**
     * Checks the file as a launch does.
     *
     * @throws org.plateau.settings.SettingsException for the first thing wrong in it
     */
    public static RunPlan of(Path file, Map<String, String> environment) {
        return of(LaunchSettings.load(file, null), SettingsFile.load(file), environment);
    }

    /** What a settings file without any key would ask for. */
    public static RunPlan usual(Map<String, String> environment) {
        SettingsNode nothing = SettingsFile.parse("defaults", "");
        RunSettings run = RunSettings.read(nothing.section("run"));
        LaunchSettings settings =
                new LaunchSettings(
                        Path.of("plateau.yaml"),
                        run.directory().toAbsolutePath().normalize(),
                        run,
                        SessionSettings.read(nothing.section("session")),
                        HookSettings.defaults(),
                        "");
        return of(settings, nothing, environment);
    }

    private static RunPlan of(
            LaunchSettings settings, SettingsNode root, Map<String, String> environment) {
        return new RunPlan(
                settings.runDirectory(),
                settings.session().directory(),
                settings.queue(environment),
                settings.hook(),
                QueueSettings.read(root.section("queue")),
                NetworkSettings.read(root.section("network")));
    }
}
