package org.plateau.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.plateau.classify.Classifier;
import org.plateau.classify.ClassifierRun;
import org.plateau.classify.ClassifierSettings;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plateau classify}: the classifier's process. */
@Command(
        name = "classify",
        description =
                "Reads records from the inbox, labels every level of every output and judges its"
                        + " series, until the run has ended and everything is dealt with.",
        mixinStandardHelpOptions = true)
public final class ClassifyCommand implements Callable<Integer> {
    @Option(
            names = "--settings",
            required = true,
            paramLabel = "FILE",
            description = "Settings file.")
    private Path file;

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
    public Integer call() throws IOException {
        ClassifierSettings settings =
                ClassifierSettings.read(SettingsFile.load(file)).with(queue, dump);
        Path end = settings.directory().resolve("end.json");
        try (Classifier classifier = ClassifierRun.open(settings, Clock.systemUTC(), true)) {
            ClassifierRun.untilDone(classifier, () -> Files.exists(end));
        }
        return 0;
    }
}
