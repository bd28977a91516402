package org.plateau.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.plateau.classify.ClassifierSettings;
import org.plateau.network.NetworkSettings;
import org.plateau.replay.Replay;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.settings.SettingsFile;
import org.plateau.training.Comparison;
import org.plateau.training.Training;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * A look at another model's output with a network that has just been trained: labelled by the
 * network and by the computed scores, and where the two differ told map by map in the model card.
 * Nothing is trained on it.
 */
final class Look {

    @Option(
            names = "--look",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Output of another model, to tell in the model card where network and computed"
                            + " scores differ. Nothing is trained on it.")
    private List<Path> files;

    @Option(
            names = "--look-settings",
            required = true,
            paramLabel = "FILE",
            description = "Settings (input, planet, levels) to read it with.")
    private Path settings;

    @Option(
            names = "--remarks",
            paramLabel = "FILE",
            description = "What is to be said of it, Markdown, put before the table.")
    private Path remarks;

    void check(CommandLine command) {
        for (Path file : files) {
            readable(command, "--look", file);
        }
        readable(command, "--look-settings", settings);
        if (remarks != null) {
            readable(command, "--remarks", remarks);
        }
    }

    private static void readable(CommandLine command, String option, Path file) {
        if (!Files.isReadable(file)) {
            throw new ParameterException(
                    command, option + ": expected a file, found no readable " + file);
        }
    }

    /** Adds its section to the card in a network's directory; leaves both runs beside it. */
    void into(Path network, PrintWriter messages) throws IOException {
        Path runs = network.resolve("look");
        Results said = run(runs.resolve("network"), "network", network, messages);
        Results held = run(runs.resolve("computed"), "computed", network, messages);
        String text = remarks == null ? "" : Files.readString(remarks);
        Files.writeString(
                network.resolve(Training.CARD),
                Comparison.section(files, said, held, text),
                StandardOpenOption.APPEND);
    }

    private Results run(Path directory, String labels, Path network, PrintWriter messages)
            throws IOException {
        ReplayCommand.remove(directory);
        ClassifierSettings usual = ClassifierSettings.read(SettingsFile.load(settings));
        NetworkSettings n = usual.network();
        Path queue = usual.queue().directory().resolve("look-" + ProcessHandle.current().pid());
        ClassifierSettings own =
                usual.in(directory)
                        .with(
                                new NetworkSettings(
                                        n.engine(), n.device(), n.threads(), network.toString()))
                        .labelled(labels)
                        .with(queue, null);
        try (Replay replay = new Replay(files)) {
            ReplayCommand.label(replay, own, messages);
        } finally {
            ReplayCommand.remove(queue);
        }
        return ResultsReader.read(directory.resolve("results.nc"));
    }
}
