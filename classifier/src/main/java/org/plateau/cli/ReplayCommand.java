package org.plateau.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.plateau.classify.Classifier;
import org.plateau.classify.ClassifierRun;
import org.plateau.classify.ClassifierSettings;
import org.plateau.queue.QueueFullException;
import org.plateau.queue.RecordQueue;
import org.plateau.replay.Replay;
import org.plateau.results.LevelTable;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plateau replay}: existing files take the way of live records. */
@Command(
        name = "replay",
        description =
                "Labels and judges what stands in netCDF files already, as if it were being written"
                        + " now. Begun again after a crash it goes on where it was.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-s", "--settings"},
            required = true,
            paramLabel = "FILE",
            description = "Settings file.")
    private Path file;

    @Option(
            names = "--dump-fields",
            paramLabel = "DIR",
            description = "Write every assembled field there as it stands on disk.")
    private Path dump;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "netCDF files, in any order.")
    private List<Path> files;

    @Override
    public Integer call() throws IOException {
        ClassifierSettings settings = ClassifierSettings.read(SettingsFile.load(file));
        Path directory =
                settings.queue().directory().resolve("replay-" + ProcessHandle.current().pid());
        settings = settings.with(directory, dump);
        try (Classifier classifier = ClassifierRun.open(settings, Clock.systemUTC(), false);
                RecordQueue inbox = RecordQueue.open(settings.queue().inbox(), settings.queue())) {
            new Replay(files).run(record -> append(inbox, record, classifier));
            ClassifierRun.untilDone(classifier, () -> true);
        } finally {
            remove(directory);
        }
        spec.commandLine()
                .getOut()
                .print(LevelTable.of(settings.directory().resolve("summary.json")));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void append(RecordQueue inbox, ByteBuffer record, Classifier classifier) {
        while (true) {
            try {
                inbox.append(record);
                return;
            } catch (QueueFullException e) {
                if (classifier.step() == 0) {
                    throw e;
                }
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
