package org.plateau.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a run directory that the launch writes and reads. */
final class RunFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    RunFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path log(String part) {
        return directory.resolve(part + ".log");
    }

    /** What the classifier replaces at least every 15 s. */
    Path status() {
        return directory.resolve("status.json");
    }

    /**
     * Makes the directory, for a launch whose session nobody else has; what an earlier run's end
     * left would end this one at once, or pass for the state of this one where its classifier never
     * comes to say it.
     */
    void prepare() {
        make();
        try {
            for (String name : List.of("end.json", "summary.json", "status.json")) {
                Files.deleteIfExists(directory.resolve(name));
            }
            for (Path account : couplerAccounts()) {
                Files.deleteIfExists(account);
            }
            for (String pattern : List.of("node-*.json", "account-*.json", "left-*.json")) {
                for (Path said : found(pattern)) {
                    Files.deleteIfExists(said);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Makes the directory if it is not there; what is in it stays. */
    void make() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private UncheckedIOException unusable(IOException e) {
        return new UncheckedIOException(
                directory + ": expected a directory that can be written: " + e.getMessage(), e);
    }

    /** What the coupler of every node left at its end, {@code coupler-<host>.json}. */
    List<Path> couplerAccounts() {
        return found("coupler-*.json");
    }

    /**
     * How many nodes are known to have handed on all that they had: their queues hold nothing more.
     */
    long handedOn() {
        return couplerAccounts().stream()
                .map(RunFiles::readJson)
                .filter(account -> account.has("total") && !account.path("lost").asBoolean())
                .count();
    }

    private List<Path> found(String pattern) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be read", e);
        }
        files.sort(Comparator.naturalOrder());
        return files;
    }

    /**
     * How much the writers of other nodes had written, by source, as far as their couplers or their
     * sessions could say it: what they say at their end, their last words where there is no end,
     * and what was counted in rings without a coupler.
     */
    Map<Long, Long> writtenElsewhere() {
        Map<Long, Long> written = new TreeMap<>(Long::compareUnsigned);
        for (String pattern : List.of("coupler-*.json", "account-*.json", "left-*.json")) {
            for (Path file : found(pattern)) {
                for (JsonNode said : readJson(file).path("sources")) {
                    long source = Long.parseUnsignedLong(said.path("source").asText("0"), 16);
                    written.merge(source, said.path("written").asLong(), Math::max);
                }
            }
        }
        return written;
    }

    /**
     * Tells the classifier that nothing follows, what the couplers handed on, and how much was
     * written, so that what is missing then counts as dropped.
     */
    void writeEnd(Leftover left) {
        ObjectNode root = JSON.createObjectNode();
        root.put("wall", Instant.now().toString());
        ArrayNode couplers = root.putArray("couplers");
        couplerAccounts().forEach(account -> couplers.add(readJson(account)));
        root.set("left", left.json());
        Path part = directory.resolve("end.json.part");
        try {
            JSON.writeValue(part.toFile(), root);
            Files.move(
                    part,
                    directory.resolve("end.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(part + ": cannot be written", e);
        }
    }

    /** Whether the classifier says that it has used everything. */
    boolean ended() {
        return outcome().path("state").asText().equals("ended");
    }

    /** The state at the end: summary.json, or the last status.json; empty if there is neither. */
    JsonNode outcome() {
        for (String name : List.of("summary.json", "status.json")) {
            if (Files.isReadable(directory.resolve(name))) {
                return readJson(directory.resolve(name));
            }
        }
        return JSON.createObjectNode();
    }

    private static JsonNode readJson(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    /** The last line of ours in a log, else the last line that says something. */
    static String lastLine(Path log) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(log, StandardCharsets.UTF_8));
            lines.removeIf(line -> line.matches("[\\s-]*"));
            List<String> ours = lines.stream().filter(line -> line.startsWith("plateau")).toList();
            List<String> told = ours.isEmpty() ? lines : ours;
            return told.isEmpty() ? "it said nothing" : told.get(told.size() - 1).strip();
        } catch (IOException e) {
            return "it said nothing";
        }
    }

    static void deleteIfEmpty(Path file) {
        try {
            if (Files.exists(file) && Files.size(file) == 0) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be removed", e);
        }
    }

    /** What an order left by an earlier run in this directory will do to this one, in one line. */
    Optional<String> earlierOrder() {
        if (Files.exists(directory.resolve("veto"))) {
            return Optional.of(
                    "plateau: "
                            + directory.resolve("veto")
                            + " is a veto from before this run: nothing stops this run either;"
                            + " plateau resume lifts it");
        }
        for (String name : List.of("stop.json", "decision.json", "stop")) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                return Optional.of(
                        "plateau: "
                                + file
                                + " asks for a stop from before this run: the model will be"
                                + " stopped again; plateau resume forgets it, or take another"
                                + " run directory");
            }
        }
        return Optional.empty();
    }
}
