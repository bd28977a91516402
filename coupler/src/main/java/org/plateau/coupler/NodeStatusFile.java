package org.plateau.coupler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.plateau.queue.QueueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code node-<host>.json} in the run directory: how full this node's rings and its queue are. It
 * is written every two seconds by a thread of its own, because the run directory may be on a file
 * system that hangs, and the drain must not.
 */
final class NodeStatusFile implements Consumer<List<RingFill>>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStatusFile.class);
    private static final long EVERY_SECONDS = 2;

    private final Path file;
    private final String host;
    private final long queueMax;
    private final LongSupplier queueUsed;
    private final LostNodes lost;
    private final AtomicReference<JsonNode> word = new AtomicReference<>();
    private final Object speaking = new Object();
    private boolean silent;
    private final AtomicReference<List<RingFill>> latest = new AtomicReference<>(List.of());
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    work -> {
                        Thread made = new Thread(work, "node-status");
                        made.setDaemon(true);
                        return made;
                    });

    /**
     * @param queueMax most bytes that the queue may take
     * @param queueUsed bytes that it takes now
     */
    NodeStatusFile(Path runDirectory, String host, long queueMax, LongSupplier queueUsed) {
        lost = new LostNodes(runDirectory);
        this.file = runDirectory.resolve("node-" + host + ".json");
        this.host = host;
        this.queueMax = queueMax;
        this.queueUsed = queueUsed;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::write, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes the node's account so far, kept as its last word; never waits. */
    void lastWord(JsonNode account) {
        word.set(account);
    }

    /** Keeps no last word any more: when this returns none is about to be written. */
    void noMoreWords() {
        synchronized (speaking) {
            silent = true;
        }
    }

    /** Takes the rings as the drain sees them; called by the drain's thread, never waits. */
    @Override
    public void accept(List<RingFill> rings) {
        latest.set(rings);
    }

    private void write() {
        try {
            JsonFiles.replace(file, content());
            speak();
        } catch (UncheckedIOException | QueueException e) {
            return; // said again in two seconds
        } catch (RuntimeException e) {
            // Thrown on, it would end the schedule for good, and nobody would hear of it.
            LOG.warn("the state of this node cannot be told: {}", e.toString());
        }
    }

    private void speak() {
        synchronized (speaking) {
            JsonNode said = word.get();
            if (said != null && !silent) {
                lost.lastWord(host, said);
            }
        }
    }

    private ObjectNode content() {
        ObjectNode root = JsonFiles.object();
        root.put("host", host).put("wall", Instant.now().toString());
        ObjectNode queue = root.putObject("queue");
        queue.put("usedBytes", queueUsed.getAsLong()).put("maxBytes", queueMax);
        ArrayNode rings = root.putArray("rings");
        for (RingFill ring : latest.get()) {
            rings.addObject()
                    .put("source", "%016x".formatted(ring.source()))
                    .put("usedBytes", ring.used())
                    .put("peakBytes", ring.peak())
                    .put("capacityBytes", ring.capacity())
                    .put("written", ring.written())
                    .put("dropped", ring.dropped())
                    .put("waits", ring.waits());
        }
        return root;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
