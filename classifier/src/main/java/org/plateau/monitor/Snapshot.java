package org.plateau.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.plateau.results.Results;

/**
 * The run at one instant, rendered once for all viewers.
 *
 * @param number rises with every snapshot
 * @param results null as long as there are none
 * @param status missing as long as there is none
 * @param statusJson one line of JSON
 * @param history gzip of the history's JSON; empty as long as there is none
 * @param answers what has been answered about the same results
 */
record Snapshot(
        long number,
        Results results,
        JsonNode status,
        String statusJson,
        byte[] history,
        Answers answers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final Snapshot EMPTY =
            new Snapshot(0, null, MissingNode.getInstance(), "null", new byte[0], new Answers());

    /** The next snapshot; the history is rendered again only if the results are other ones. */
    Snapshot next(Results newResults, JsonNode newStatus) {
        boolean known = newResults != null && newResults.outputs() > 0;
        byte[] rendered = history;
        if (known && newResults != results) {
            rendered = gzip(json(HistoryJson.of(newResults)).getBytes(StandardCharsets.UTF_8));
        }
        String line = newStatus.isMissingNode() ? "null" : json(newStatus);
        Answers given = newResults == results ? answers : new Answers();
        return new Snapshot(number + 1, newResults, newStatus, line, rendered, given);
    }

    /** Number of outputs in the results. */
    int outputs() {
        return results == null ? 0 : results.outputs();
    }

    /** As a server-sent event. */
    String event() {
        return "event: status\nid: "
                + number
                + "\ndata: {\"outputs\":"
                + outputs()
                + ",\"status\":"
                + statusJson
                + "}\n\n";
    }

    static String json(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
