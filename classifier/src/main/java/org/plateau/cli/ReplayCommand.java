package org.plateau.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plateau.assembly.InputCheck;
import org.plateau.assembly.InputNames;
import org.plateau.assembly.Role;
import org.plateau.classify.Classifier;
import org.plateau.classify.ClassifierRun;
import org.plateau.classify.ClassifierSettings;
import org.plateau.launch.RunOptions;
import org.plateau.message.VariableDescriptor;
import org.plateau.queue.QueueFullException;
import org.plateau.queue.RecordQueue;
import org.plateau.replay.Replay;
import org.plateau.results.LevelTable;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plateau replay}: existing files take the way of live records. */
@Command(
        name = "replay",
        description =
                "Labels and judges what stands in netCDF files already, as if it were being written"
                        + " now. Begun again after a crash it goes on where it was. Exit code 2 if"
                        + " a file is missing, is no netCDF or has no temperature and winds in units that can be"
                        + " read, before anything is written; 3 if one turns out damaged later on.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private RunOptions options;

    @Option(
            names = "--dump-fields",
            paramLabel = "DIR",
            description = "Write every assembled field there as it stands on disk.")
    private Path dump;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "netCDF files, in any order.")
    private List<Path> files;

    @Override
    public Integer call() throws IOException {
        ClassifierSettings settings =
                ClassifierSettings.read(SettingsFile.load(options.settings()))
                        .in(options.runDirectory());
        Path queue =
                settings.queue().directory().resolve("replay-" + ProcessHandle.current().pid());
        try (Replay replay = new Replay(files)) {
            expectMaps(replay, settings.input());
            expectUnits(replay, settings.input());
            label(replay, settings.with(queue, dump), spec.commandLine().getErr());
        } finally {
            remove(queue);
        }
        PrintWriter out = spec.commandLine().getOut();
        LevelTable.of(settings.directory().resolve("summary.json")).forEach(out::println);
        out.println("results: " + settings.directory());
        out.flush();
        return 0;
    }

    /**
     * Every output through a classifier of these settings, with a line of progress now and then.
     */
    static void label(Replay replay, ClassifierSettings settings, PrintWriter messages)
            throws IOException {
        Progress progress = new Progress(messages, "labelled", replay.outputs(), System::nanoTime);
        try (Classifier classifier = ClassifierRun.open(settings, Clock.systemUTC(), false);
                RecordQueue inbox = RecordQueue.open(settings.queue().inbox(), settings.queue())) {
            replay.run(
                    record -> append(inbox, record, classifier),
                    () -> {
                        classifier.step();
                        progress.at(classifier.outputs());
                    });
            ClassifierRun.untilDone(
                    classifier,
                    () -> {
                        progress.at(classifier.outputs());
                        return true;
                    });
        }
    }

    /**
     * Says which fields there are if those that a map needs are not among them.
     *
     * @throws IllegalArgumentException then
     */
    private void expectMaps(Replay replay, InputNames names) {
        List<VariableDescriptor> variables = replay.variables();
        Set<Role> missing = EnumSet.copyOf(Role.OF_MAPS);
        variables.forEach(variable -> names.role(variable).ifPresent(missing::remove));
        if (missing.isEmpty()) {
            return;
        }
        String found =
                variables.stream()
                        .filter(v -> v.dimensions().size() > 1)
                        .map(VariableDescriptor::variable)
                        .distinct()
                        .collect(Collectors.joining(", "));
        String keys =
                missing.stream().map(r -> "input." + r.key()).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "expected fields over time of "
                        + missing.stream().map(Role::text).collect(Collectors.joining(", "))
                        + ", found "
                        + (found.isEmpty() ? "no field with a record per time" : found)
                        + "; name the variables with "
                        + keys
                        + " in "
                        + options.settings());
    }

    /**
     * Says what is in no unit that can be read.
     *
     * @throws IllegalArgumentException if anything is
     */
    private static void expectUnits(Replay replay, InputNames names) {
        List<String> complaints = InputCheck.complaints(names, replay.variables());
        if (!complaints.isEmpty()) {
            String more =
                    complaints.size() > 1 ? " (and " + (complaints.size() - 1) + " more)" : "";
            throw new IllegalArgumentException(complaints.get(0) + more);
        }
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

    static void remove(Path directory) throws IOException {
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
