package org.plateau.runcontrol;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decided stop, kept in {@code decision.json}: when, why, and how far each adapter has come. A
 * step of an adapter that must not be repeated is written down before it is done.
 */
final class Decision {

    static final String PENDING = "pending";
    static final String STARTED = "started";
    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String UNKNOWN = "unknown";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ControlFiles files;
    private final ObjectNode content;

    private Decision(ControlFiles files, ObjectNode content) {
        this.files = files;
        this.content = content;
    }

    static Decision make(
            ControlFiles files,
            Instant now,
            double modelTime,
            String by,
            Map<String, Object> evidence,
            List<StopAdapter> adapters)
            throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("decided", now.toString());
        node.put("modelTime", modelTime);
        node.put("by", by);
        node.put("announced", false);
        node.set("evidence", JSON.valueToTree(evidence));
        ArrayNode states = node.putArray("adapters");
        for (StopAdapter adapter : adapters) {
            states.addObject()
                    .put("name", adapter.name())
                    .put("state", PENDING)
                    .put("attempts", 0)
                    .put("next", now.toString());
        }
        Decision decision = new Decision(files, node);
        decision.write();
        return decision;
    }

    /**
     * The decision that was taken earlier, if there is one.
     *
     * @throws IOException if there is one that cannot be read: then nothing may be done
     */
    static Optional<Decision> load(ControlFiles files) throws IOException {
        Optional<ObjectNode> node = files.read(ControlFiles.DECISION);
        if (node.isPresent() && !(node.get().get("adapters") instanceof ArrayNode)) {
            throw new IOException(
                    "expected a decision in "
                            + files.path(ControlFiles.DECISION)
                            + ", got other JSON");
        }
        return node.map(n -> new Decision(files, n));
    }

    /** Whether its audit line has been written. */
    boolean announced() {
        return content.path("announced").asBoolean(true);
    }

    void markAnnounced() throws IOException {
        content.put("announced", true);
        write();
    }

    /** The numbers that made it, as they stand in the audit line. */
    Map<String, Object> evidence() {
        return JSON.convertValue(content.path("evidence"), new TypeReference<>() {});
    }

    ObjectNode content() {
        return content;
    }

    String by() {
        return content.path("by").asText("policy");
    }

    Instant decided() {
        return Instant.parse(content.get("decided").asText());
    }

    private ObjectNode adapter(int i) {
        JsonNode node = content.get("adapters").get(i);
        return node instanceof ObjectNode object ? object : JSON.createObjectNode();
    }

    String state(int i) {
        return adapter(i).path("state").asText(UNKNOWN);
    }

    /** Whether it has been done, or may have been. */
    boolean begun(int i) {
        return state(i).equals(DONE) || state(i).equals(STARTED);
    }

    int attempts(int i) {
        return adapter(i).path("attempts").asInt();
    }

    boolean due(int i, Instant now) {
        return !now.isBefore(Instant.parse(adapter(i).path("next").asText(now.toString())));
    }

    void mark(int i, String state, int attempts, Instant next) throws IOException {
        adapter(i).put("state", state).put("attempts", attempts).put("next", next.toString());
        write();
    }

    boolean sameAdapters(List<StopAdapter> adapters) {
        JsonNode states = content.get("adapters");
        if (states.size() != adapters.size()) {
            return false;
        }
        for (int i = 0; i < adapters.size(); i++) {
            if (!adapter(i).path("name").asText().equals(adapters.get(i).name())) {
                return false;
            }
        }
        return true;
    }

    private void write() throws IOException {
        files.write(ControlFiles.DECISION, content);
    }
}
