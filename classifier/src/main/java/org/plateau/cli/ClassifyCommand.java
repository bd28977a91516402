package org.plateau.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.plateau.classify.Classifier;
import org.plateau.classify.ClassifierRun;
import org.plateau.classify.ClassifierSettings;
import org.plateau.launch.RunOptions;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plateau classify}: the classifier's process. */
@Command(
        name = "classify",
        description =
                "Reads records from the inbox, labels every level of every output and judges its"
                        + " series, until the run has ended and everything is dealt with.",
        mixinStandardHelpOptions = true)
public final class ClassifyCommand implements Callable<Integer> {
    @Mixin private RunOptions options;

    @Option(
            names = "--queue",
            paramLabel = "DIR",
            description = "Folder of the queues, instead of queue.directory.")
    private Path queue;

    @Option(
            names = "--dump-fields",
            paramLabel = "DIR",
            description =
                    "Write every assembled field there as it stands on disk, for comparison with"
                            + " the model's files.")
    private Path dump;

    @Option(
            names = "--until-end",
            description = "End when the run has ended; this is also what happens without it.")
    private boolean untilEnd;

    @Override
    @SuppressWarnings("try") // the monitor serves by itself until it is closed
    public Integer call() throws IOException {
        SettingsNode root = SettingsFile.load(options.settings());
        ClassifierSettings settings =
                ClassifierSettings.read(root).in(options.runDirectory()).with(queue, dump);
        MonitorSettings page = MonitorSettings.read(root.section("monitor"));
        Path end = settings.directory().resolve("end.json");
        try (Classifier classifier = ClassifierRun.open(settings, Clock.systemUTC(), true);
                Closeable monitor = monitor(settings, page)) {
            ClassifierRun.untilDone(classifier, () -> Files.exists(end));
        }
        return 0;
    }

    /** The monitor, if the settings want one: its address stands in the run directory. */
    private static Closeable monitor(ClassifierSettings settings, MonitorSettings page)
            throws IOException {
        if (!page.isOn()) {
            return () -> {};
        }
        Path directory = settings.directory();
        Files.createDirectories(directory);
        MonitorOrders orders = new MonitorOrders(directory, Clock.systemUTC());
        MonitorSaliency saliency = new MonitorSaliency(settings);
        Monitor monitor = Monitor.start(directory, page, orders, saliency);
        monitor.announce();
        return () -> {
            monitor.close();
            saliency.close();
        };
    }
}
