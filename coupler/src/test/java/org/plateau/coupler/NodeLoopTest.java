package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Session;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;

/** A node over a real session, with a real writing process. */
@Timeout(60)
class NodeLoopTest {
    private static final Path WRITER =
            Path.of(System.getenv("PLATEAU_HOME"), "native/build/test/ringwriter");

    @TempDir Path folder;
    private Path directory;
    private Session session;
    private RecordQueue queue;
    private Account account;
    private final java.util.concurrent.atomic.AtomicReference<java.util.List<RingFill>> fills =
            new java.util.concurrent.atomic.AtomicReference<>(java.util.List.of());
    private NodeLoop loop;
    private Thread thread;

    @BeforeEach
    void start() {
        directory = folder.resolve("session");
        session = Session.create(directory, HookSettings.defaults());
        queue = RecordQueue.open(folder.resolve("inbox"), QueueSettings.in(folder));
        account = Account.open(directory, queue);
        Drain drain = new Drain(session::newRings, queue, account);
        loop =
                new NodeLoop(
                        session,
                        drain,
                        account,
                        folder.resolve("stop.json"),
                        Duration.ofMillis(5),
                        fills::set);
        thread = new Thread(loop);
        thread.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.terminate();
        thread.join();
        account.close();
        queue.close();
        session.close();
    }

    private Process write(String records, String... more) throws Exception {
        ProcessBuilder writer =
                new ProcessBuilder(WRITER.toString(), directory.toString(), records);
        writer.command().addAll(java.util.List.of(more));
        return writer.start();
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private long written() {
        return account.report("here", directory).path("total").path("written").asLong();
    }

    @Test
    void theEndComesWhenEveryWriterHasGoneAndEverythingIsInTheQueue() throws Exception {
        Process staying = write("500", "stay");
        Process leaving = write("1000");
        assertEquals(0, leaving.waitFor());
        eventually(() -> queue.lastIndex() >= 1501);
        Files.createFile(directory.resolve("finish"));
        eventually(loop::finishing);
        assertTrue(thread.isAlive(), "one writer lives");
        staying.getOutputStream().close();
        thread.join();
        var total = account.report("here", directory).path("total");
        assertEquals(1500, written());
        assertEquals(1500, total.path("forwarded").asLong());
        assertEquals(0, total.path("open").asLong());
    }

    @Test
    void theStopFileRaisesAndLowersTheFlagOfTheModel() throws Exception {
        Path stop = Files.createFile(folder.resolve("stop.json"));
        eventually(session::stopRequested);
        Files.delete(stop);
        eventually(() -> !session.stopRequested());
    }

    @Test
    void aTerminatedLoopLeavesTheRingsOfLivingWritersAsTheyAre() throws Exception {
        Process staying = write("10", "stay");
        eventually(() -> queue.lastIndex() >= 10);
        loop.terminate();
        thread.join();
        assertEquals(10, written());
        try (var files = Files.newDirectoryStream(directory, "ring.*")) {
            assertTrue(files.iterator().hasNext(), "the ring is still there");
        }
        staying.getOutputStream().close();
        staying.waitFor();
    }

    @Test
    void howFullTheRingsAreIsToldWhileTheWriterLives() throws Exception {
        Process staying = write("500", "stay");
        eventually(() -> !fills.get().isEmpty() && fills.get().get(0).written() == 500);
        RingFill ring = fills.get().get(0);
        assertTrue(ring.peak() > 0 && ring.peak() <= ring.capacity(), ring.toString());
        staying.getOutputStream().close();
        staying.waitFor();
    }

    @Test
    void theRunDirectorySaysHowFullRingsAndQueueAre() throws Exception {
        Path file = folder.resolve("run").resolve("node-here.json");
        try (NodeStatusFile status = new NodeStatusFile(file.getParent(), "here", 1000, () -> 10)) {
            status.accept(java.util.List.of(new RingFill(7, 1, 2, 3, 4, 5, 6)));
            status.start();
            eventually(() -> java.nio.file.Files.exists(file));
        }
        var node = JsonFiles.read(file);
        assertEquals(10, node.path("queue").path("usedBytes").asLong());
        assertEquals(2, node.path("rings").path(0).path("peakBytes").asLong());
        assertEquals(3, node.path("rings").path(0).path("capacityBytes").asLong());
    }
}
