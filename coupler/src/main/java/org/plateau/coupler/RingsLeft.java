package org.plateau.coupler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.plateau.bridge.BridgeException;
import org.plateau.bridge.Ring;
import org.plateau.bridge.Session;

/** The rings of a session that no coupler has emptied: how much their writers had written. */
public final class RingsLeft {
    private RingsLeft() {}

    /**
     * Captured writes of each ring that is still there, by its source.
     *
     * @return empty if there is none, or no session that could be read
     */
    public static Map<Long, Long> in(Path session) {
        Map<Long, Long> written = new TreeMap<>(Long::compareUnsigned);
        try (Session there = Session.open(session)) {
            for (Ring ring : there.newRings()) {
                written.put(ring.source(), ring.statistics().written());
                ring.close();
            }
        } catch (BridgeException e) {
            return Map.of();
        }
        return written;
    }

    /** Leaves the same as a file in the run directory, for the node where the launch is. */
    static void tell(Path session, Path runDirectory, String host) {
        ObjectNode root = JsonFiles.object();
        root.put("host", host);
        ArrayNode sources = root.putArray("sources");
        in(session)
                .forEach(
                        (source, written) ->
                                sources.addObject()
                                        .put("source", "%016x".formatted(source))
                                        .put("written", written));
        JsonFiles.replace(runDirectory.resolve("left-" + host + ".json"), root);
    }
}
