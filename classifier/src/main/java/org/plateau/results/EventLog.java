package org.plateau.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code events.jsonl}: one JSON object a line, appended with one write each. One thread. */
public final class EventLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final Clock clock;

    public EventLog(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * Appends an event.
     *
     * @param event one word
     * @param details what else to say; numbers that are not finite are written as null
     */
    public void append(String event, Map<String, ?> details) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("wall", clock.instant().toString());
        line.put("event", event);
        details.forEach(
                (key, value) ->
                        line.put(
                                key,
                                value instanceof Double d && !Double.isFinite(d) ? null : value));
        try {
            byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(event + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }
}
