package org.plateau.coupler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plateau.message.GapReason;
import org.plateau.message.RecordWriter;
import org.plateau.queue.RecordQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that the end of the run has not been heard from: their link is gone for good, or they are.
 *
 * <p>Every node leaves its last word in the run directory about once a second, {@code
 * account-<host>.json}: how much it has written so far. At the end, what a node is known to have
 * written and the inbox does not hold becomes a gap in the inbox, dropped at the link, so that the
 * account closes over everything that is known. What it wrote after its last word nobody knows.
 */
final class LostNodes {
    private static final Logger LOG = LoggerFactory.getLogger(LostNodes.class);

    private final Path runDirectory;

    LostNodes(Path runDirectory) {
        this.runDirectory = runDirectory;
    }

    /** A new run: what an earlier one left is of no use. */
    void begin() {
        for (Path word : words()) {
            delete(word);
        }
    }

    private List<Path> words() {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(runDirectory)) {
            return found;
        }
        try (DirectoryStream<Path> words =
                Files.newDirectoryStream(runDirectory, "account-*.json")) {
            words.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(runDirectory + ": cannot be read", e);
        }
        return found;
    }

    private static void delete(Path word) {
        try {
            Files.deleteIfExists(word);
        } catch (IOException e) {
            throw new UncheckedIOException(word + ": cannot be removed", e);
        }
    }

    /** Keeps the last word of a node that is at work. */
    void lastWord(String host, JsonNode account) {
        JsonFiles.replace(runDirectory.resolve("account-" + host + ".json"), account);
    }

    /** The node has given its account: its last word is of no use any more. */
    void heardOf(String host) {
        delete(runDirectory.resolve("account-" + host + ".json"));
    }

    /**
     * Enters what will not come any more in the inbox.
     *
     * @param relayed what the inbox holds of other nodes
     * @return the accounts of the lost nodes, to be kept
     */
    List<JsonNode> give(RecordQueue inbox, Account relayed) {
        return words().stream()
                .map(word -> lose((ObjectNode) JsonFiles.read(word), inbox, relayed))
                .toList();
    }

    private static JsonNode lose(ObjectNode word, RecordQueue inbox, Account relayed) {
        long missing = 0;
        for (JsonNode said : word.path("sources")) {
            long source = Long.parseUnsignedLong(said.path("source").asText(), 16);
            missing += lose(source, said.path("written").asLong(), inbox, relayed.of(source));
        }
        String host = Node.hostOf(word);
        ObjectNode total = (ObjectNode) word.path("total");
        total.put("forwarded", total.path("written").asLong() - missing);
        total.put("lostAtTheLink", missing).put("open", 0);
        word.put("lost", true);
        LOG.warn(
                "node {} is lost: {} of its writes did not come and count as dropped",
                host,
                missing);
        return word;
    }

    private static long lose(long source, long written, RecordQueue inbox, SourceAccount have) {
        long missing = written - have.accounted();
        if (missing > 0) {
            inbox.append(
                    new RecordWriter().gap(source, written, missing, GapReason.LINK_LOST).build());
            have.lose(missing, GapReason.LINK_LOST);
        }
        return Math.max(0, missing);
    }
}
