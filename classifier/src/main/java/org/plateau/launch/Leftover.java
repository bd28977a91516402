package org.plateau.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much the writers had written when the coupler had ended, and why what never came out of their
 * rings did not. The classifier, which knows what came, counts the difference as dropped.
 *
 * @param reason in two or three words
 * @param written by source
 */
record Leftover(String reason, Map<Long, Long> written) {
    /** The coupler died too often, or never started. */
    static final String NO_COUPLER = "coupler gone";

    /** It was ended before it had emptied the rings. */
    static final String NO_TIME = "not drained in time";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Leftover of(boolean couplerGone, Map<Long, Long> here, Map<Long, Long> elsewhere) {
        Map<Long, Long> all = new TreeMap<>(Long::compareUnsigned);
        all.putAll(elsewhere);
        here.forEach((source, count) -> all.merge(source, count, Math::max));
        return new Leftover(couplerGone ? NO_COUPLER : NO_TIME, all);
    }

    /** As {@code left} of {@code end.json} has it. */
    ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("reason", reason);
        ObjectNode sources = root.putObject("written");
        written.forEach((source, count) -> sources.put("%016x".formatted(source), count));
        return root;
    }

    /**
     * Says in one line what was lost so.
     *
     * @param outcome the state at the end, whose account has it
     */
    void tell(JsonNode outcome, Path log, PrintWriter messages) {
        long lost = outcome.path("account").path("reasons").path("dropped: " + reason).asLong();
        if (lost > 0) {
            messages.printf(
                    "plateau: %d captured writes never left the rings and count as dropped, %s"
                            + " (%s)%n",
                    lost, reason, log);
        }
    }
}
