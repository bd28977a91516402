package org.plateau.launch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.plateau.bridge.HookSettings;
import org.plateau.classify.ClassifierSettings;
import org.plateau.coupler.CouplerSettings;
import org.plateau.monitor.MonitorSettings;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;

/**
 * The sections of a settings file that the launch needs; coupler and classifier read the same file
 * for theirs.
 *
 * @param file the settings file, absolute
 * @param runDirectory where results and logs go, absolute
 * @param queueBase folder in which the run gets one for its queues; empty: not set
 */
record LaunchSettings(
        Path file,
        Path runDirectory,
        RunSettings run,
        SessionSettings session,
        HookSettings hook,
        String queueBase) {

    /**
     * @param runDirectory wins over the file's; null: the file's
     * @throws org.plateau.settings.SettingsException for the first thing wrong in these sections
     */
    static LaunchSettings load(Path file, Path runDirectory) {
        SettingsNode root = SettingsFile.load(file);
        SettingsNode runSection = root.section("run");
        SettingsNode sessionSection = root.section("session");
        SettingsNode hookSection = root.section("hook");
        RunSettings run = RunSettings.read(runSection);
        SessionSettings session = SessionSettings.read(sessionSection);
        HookSettings hook = HookSettings.read(hookSection);
        List.of(runSection, sessionSection, hookSection).forEach(SettingsNode::finish);
        CouplerSettings.load(file);
        MonitorSettings.read(root.section("monitor"));
        ClassifierSettings classifier = ClassifierSettings.read(SettingsFile.load(file));
        Path directory = runDirectory == null ? run.directory() : runDirectory;
        return new LaunchSettings(
                file.toAbsolutePath().normalize(),
                directory.toAbsolutePath().normalize(),
                run,
                session,
                hook.and(classifier.inputs().written().keySet()),
                root.section("queue").text("directory", ""));
    }

    /** The folder of this run's queues: the same for every segment of the run on this node. */
    Path queue(Map<String, String> environment) {
        String base =
                queueBase.isEmpty() ? environment.getOrDefault("PLATEAU_QUEUE", "") : queueBase;
        if (base.isEmpty()) {
            String scratch = environment.getOrDefault("TMPDIR", "/tmp");
            base = scratch + "/plateau-queue-" + System.getProperty("user.name");
        }
        byte[] path = runDirectory.toString().getBytes(StandardCharsets.UTF_8);
        String of = UUID.nameUUIDFromBytes(path).toString().substring(0, 13);
        return Path.of(base).toAbsolutePath().resolve(runDirectory.getFileName() + "-" + of);
    }
}
