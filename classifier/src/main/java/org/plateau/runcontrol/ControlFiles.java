package org.plateau.runcontrol;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files in the run directory through which a stop is ordered, forbidden and done: {@code veto},
 * {@code stop} and {@code resume} from a person, {@code stop.json} to the couplers, {@code
 * decision.json} and {@code resumed.json} for run control itself. JSON, mode 0600, replaced
 * atomically.
 */
public final class ControlFiles {

    public static final String VETO = "veto";
    public static final String STOP = "stop";
    public static final String RESUME = "resume";
    public static final String FLAG = "stop.json";
    public static final String DECISION = "decision.json";

    /** The model time at which a person last resumed the run. */
    static final String RESUMED = "resumed.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    public ControlFiles(Path directory) {
        this.directory = directory;
    }

    public boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    /** True if there is a veto, or if nobody can tell whether there is one. */
    boolean forbidden() {
        return !Files.notExists(directory.resolve(VETO));
    }

    /** Who ordered what a control file says, when and why; empty if it does not say. */
    Map<String, Object> order(String name) {
        Map<String, Object> order = new LinkedHashMap<>();
        try {
            read(name)
                    .ifPresent(
                            content ->
                                    List.of("by", "wall", "reason")
                                            .forEach(key -> copy(content, key, order)));
        } catch (IOException e) {
            order.put("unreadable", String.valueOf(e.getMessage()));
        }
        return order;
    }

    private static void copy(ObjectNode from, String key, Map<String, Object> to) {
        String text = from.path(key).asText("");
        if (!text.isEmpty()) {
            to.put(key, text);
        }
    }

    public Path path(String name) {
        return directory.resolve(name);
    }

    /** Replaces a control file. */
    public void write(String name, ObjectNode content) throws IOException {
        replace(directory.resolve(name), JSON.writeValueAsString(content) + "\n");
    }

    /** Writes a file under another name in the same directory, then moves it to its place. */
    static void replace(Path target, String content) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        Path temporary =
                Files.createTempFile(
                        parent,
                        "." + target.getFileName(),
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(temporary, content);
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Reads a control file; empty if there is none.
     *
     * @throws IOException if it is there and cannot be read; its presence still counts
     */
    public Optional<ObjectNode> read(String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (JSON.readTree(file.toFile()) instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw new IOException("expected a JSON object in " + file);
    }

    /**
     * Removes the orders that a resume takes back. Where the clock cannot tell which came first, a
     * stop goes and a veto stays.
     */
    void removeResumed() throws IOException {
        FileTime resumed = Files.getLastModifiedTime(directory.resolve(RESUME));
        if (has(STOP) && modified(STOP).compareTo(resumed) <= 0) {
            remove(STOP);
        }
        if (has(VETO) && modified(VETO).compareTo(resumed) < 0) {
            remove(VETO);
        }
    }

    private FileTime modified(String name) throws IOException {
        return Files.getLastModifiedTime(directory.resolve(name));
    }

    public void remove(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }
}
