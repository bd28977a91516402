package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Ring;
import org.plateau.bridge.Session;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;

/** The last moments of a node. */
@Timeout(60)
class NodeEndTest {
    @TempDir Path folder;
    private Session session;
    private RecordQueue queue;
    private Account account;
    private NodeLoop loop;

    @BeforeEach
    void open() {
        session = Session.create(folder.resolve("session"), HookSettings.defaults());
        queue = RecordQueue.open(folder.resolve("inbox"), QueueSettings.in(folder));
        account = Account.open(session.directory(), queue);
    }

    @AfterEach
    void close() {
        account.close();
        queue.close();
        session.close();
    }

    private NodeLoop loop(Supplier<List<Ring>> newRings, Runnable onceTaken) {
        loop =
                new NodeLoop(
                        session,
                        new Drain(newRings, queue, account),
                        account,
                        folder.resolve("stop.json"),
                        Duration.ofMillis(5),
                        fills -> {
                            if (!fills.isEmpty()) {
                                onceTaken.run();
                            }
                        });
        return loop;
    }

    @Test
    void aWriterThatComesInTheMomentInWhichTheEndIsSeenIsWaitedFor() throws Exception {
        Files.createFile(session.directory().resolve("finish"));
        FakeRing late = new FakeRing(9).write(3);
        boolean[] came = new boolean[1];
        Supplier<List<Ring>> rings =
                () -> {
                    boolean now = loop.finishing() && !came[0];
                    came[0] |= now;
                    return now ? List.of(late) : List.of();
                };

        loop(
                        rings,
                        () -> {
                            if (!late.finished()) {
                                late.write(3).end();
                            }
                        })
                .run();

        assertTrue(late.removed);
        var total = account.report("here", session.directory()).path("total");
        assertEquals(2, total.path("forwarded").asLong());
        assertEquals(0, total.path("open").asLong());
    }

    @Test
    void aNodeWhoseDrainFailedIsNeverDone() {
        Supplier<List<Ring>> failing =
                () -> {
                    throw new IllegalStateException("no session any more");
                };

        assertThrows(IllegalStateException.class, () -> loop(failing, () -> {}).run());

        assertFalse(loop.done());
    }

    /** A value that takes long to write, as on a file system that hangs. */
    private static final class Slow {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @SuppressWarnings("unused") // by Jackson
        public long getWritten() throws InterruptedException {
            begun.countDown();
            released.await();
            return 7;
        }
    }

    @Test
    void noLastWordComesBehindTheAccount() throws Exception {
        Path run = folder.resolve("run");
        Slow slow = new Slow();
        ObjectNode word = JsonFiles.object().put("host", "here").putPOJO("total", slow);
        try (NodeStatusFile status = new NodeStatusFile(run, "here", 1000, () -> 10)) {
            status.lastWord(word);
            status.start();
            slow.begun.await();
            Thread account = new Thread(status::noMoreWords);
            account.start();
            account.join(300);
            boolean early = !account.isAlive();
            slow.released.countDown();
            account.join();
            assertFalse(early, "the account waits for a word that is being written");
            assertTrue(Files.exists(run.resolve("account-here.json")));
        }
    }

    @Test
    void aFailureThatNobodyExpectedDoesNotSilenceTheNode() throws Exception {
        CountDownLatch looks = new CountDownLatch(2);
        try (NodeStatusFile status =
                new NodeStatusFile(
                        folder.resolve("run"),
                        "here",
                        1000,
                        () -> {
                            looks.countDown();
                            throw new IllegalStateException("closed");
                        })) {
            status.start();
            looks.await();
        }
    }
}
