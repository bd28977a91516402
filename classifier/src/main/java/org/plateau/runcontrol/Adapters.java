package org.plateau.runcontrol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stop adapters that come with Plateau, made from their settings. */
final class Adapters {

    /** Clocks of file system and kernel may differ by that. */
    private static final Duration SAME_INSTANT = Duration.ofSeconds(5);

    private Adapters() {}

    static List<StopAdapter> of(List<AdapterSettings> settings, Path runDirectory) {
        List<StopAdapter> adapters = new ArrayList<>();
        for (AdapterSettings s : settings) {
            adapters.add(of(s, runDirectory));
        }
        return adapters;
    }

    static StopAdapter of(AdapterSettings s, Path directory) {
        return switch (s.kind()) {
            case MODEL_API -> new ModelApi(new ControlFiles(directory));
            case STOP_FILE ->
                    new StopFile(
                            directory.resolve(s.file()), s.content(), new ControlFiles(directory));
            case SIGNAL ->
                    new Signal(
                            directory.resolve(s.file()),
                            s,
                            new RestartFile(directory, s.restart()));
            case SCANCEL ->
                    new Scancel(
                            List.of("--signal=" + s.signal()),
                            s,
                            new RestartFile(directory, s.restart()));
            case CANCEL_JOBS -> new Scancel(List.of(), s, new RestartFile(directory, ""));
            case COMMAND -> new Command(s);
        };
    }

    /** Writes {@code stop.json}, at which the coupler of every node raises the model API's flag. */
    private record ModelApi(ControlFiles files) implements StopAdapter {
        @Override
        public String name() {
            return AdapterSettings.Kind.MODEL_API.text();
        }

        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public void act(ObjectNode decision) throws IOException {
            files.write(ControlFiles.FLAG, decision);
            unlessForbidden(files, this);
        }

        @Override
        public void takeBack() throws IOException {
            files.remove(ControlFiles.FLAG);
        }
    }

    /** A veto that came while this was done: one of the two sees what the other has written. */
    private static void unlessForbidden(ControlFiles files, StopAdapter adapter)
            throws IOException {
        if (files.forbidden()) {
            adapter.takeBack();
            throw new IOException("a veto came meanwhile; taken back");
        }
    }

    /** Writes the file at whose sight the model ends; what it replaces is kept beside it. */
    private record StopFile(Path file, String content, ControlFiles files) implements StopAdapter {
        @Override
        public String name() {
            return AdapterSettings.Kind.STOP_FILE.text();
        }

        @Override
        public boolean repeatable() {
            return true;
        }

        @Override
        public void act(ObjectNode decision) throws IOException {
            if (Files.exists(file) && !Files.readString(file).equals(content)) {
                Files.copy(file, before(), StandardCopyOption.REPLACE_EXISTING);
            }
            ControlFiles.replace(file, content);
            unlessForbidden(files, this);
        }

        private Path before() {
            return file.resolveSibling(file.getFileName() + ".before-stop");
        }

        @Override
        public void takeBack() throws IOException {
            if (Files.exists(before())) {
                Files.move(before(), file, StandardCopyOption.REPLACE_EXISTING);
            } else if (Files.exists(file) && Files.readString(file).equals(content)) {
                Files.delete(file);
            }
        }
    }

    /** Signals the process whose number stands in a file. */
    private record Signal(Path file, AdapterSettings settings, RestartFile restart)
            implements StopAdapter {
        @Override
        public String name() {
            return AdapterSettings.Kind.SIGNAL.text();
        }

        @Override
        public boolean repeatable() {
            return false;
        }

        @Override
        public boolean ready(Instant decided) throws IOException {
            return restart.writtenSince(decided);
        }

        @Override
        public void act(ObjectNode decision) throws IOException {
            String text = Files.readString(file).strip();
            if (!text.matches("[1-9]\\d{0,9}") || text.equals("1")) {
                throw new IOException(
                        "expected a process number above 1 in " + file + ", got \"" + text + "\"");
            }
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(text));
            if (process.isEmpty()) {
                throw new IOException("no process " + text + " (of " + file + ")");
            }
            Instant noted = Files.getLastModifiedTime(file).toInstant().plus(SAME_INSTANT);
            if (process.get().info().startInstant().filter(noted::isBefore).isPresent()) {
                throw new IOException(
                        "expected in "
                                + file
                                + " a process older than the file, got "
                                + text
                                + ", which has that number from one that has ended");
            }
            Program.run(List.of("kill", "-s", settings.signal(), text), "", settings.limit());
        }
    }

    /** {@code scancel}: signals a step, or cancels the jobs that wait for this one. */
    private record Scancel(List<String> options, AdapterSettings settings, RestartFile restart)
            implements StopAdapter {
        @Override
        public String name() {
            return settings.kind().text();
        }

        @Override
        public boolean repeatable() {
            return settings.kind() == AdapterSettings.Kind.CANCEL_JOBS;
        }

        @Override
        public boolean ready(Instant decided) throws IOException {
            return restart.writtenSince(decided);
        }

        @Override
        public void act(ObjectNode decision) throws IOException {
            List<String> line = new ArrayList<>(List.of("scancel"));
            line.addAll(options);
            line.addAll(jobs(settings.jobs(), System.getenv()));
            Program.run(line, "", settings.limit());
        }
    }

    /** Job numbers (with an array's task or a step), {@code $NAME} taken from the environment. */
    static List<String> jobs(List<String> named, Map<String, String> environment)
            throws IOException {
        List<String> jobs = new ArrayList<>();
        for (String name : named) {
            String value = name.startsWith("$") ? environment.get(name.substring(1)) : name;
            if (value == null || !value.matches("\\d+([_+]\\d+)?(\\.\\w+)?")) {
                throw new IOException(
                        "expected the number of a Slurm job or step for "
                                + name
                                + ", got "
                                + value);
            }
            jobs.add(value);
        }
        return jobs;
    }

    /** Runs a command with the decision as JSON on its standard input. */
    private record Command(AdapterSettings settings) implements StopAdapter {
        @Override
        public String name() {
            return AdapterSettings.Kind.COMMAND.text();
        }

        @Override
        public boolean repeatable() {
            return false;
        }

        @Override
        public void act(ObjectNode decision) throws IOException {
            Program.run(settings.command(), decision + "\n", settings.limit());
        }
    }
}
