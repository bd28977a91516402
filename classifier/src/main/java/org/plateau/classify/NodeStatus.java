package org.plateau.classify;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the couplers say of their nodes, {@code node-<host>.json} in the run directory, looked at
 * every five seconds at most. A file that cannot be read is left out until it can.
 */
final class NodeStatus {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Path directory;
    private final Clock clock;
    private final Due due = new Due();
    private List<Map<String, Object>> latest = List.of();

    NodeStatus(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** {@code nodes} of the status: one object per node, by the name of its file. */
    List<Map<String, Object>> latest() {
        Instant now = clock.instant();
        if (due.after(EVERY, now)) {
            due.done(now);
            latest = read();
        }
        return latest;
    }

    private List<Map<String, Object>> read() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "node-*.json")) {
            found.forEach(files::add);
        } catch (IOException e) {
            return latest;
        }
        files.sort(Comparator.naturalOrder());
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (Path file : files) {
            try {
                nodes.add(JSON.readValue(file.toFile(), new TypeReference<>() {}));
            } catch (IOException e) {
                continue; // replaced or removed just now
            }
        }
        return nodes;
    }
}
