package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Ring;
import org.plateau.bridge.RingStatistics;
import org.plateau.bridge.Session;
import org.plateau.message.RecordView;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/** A node one of whose rings is never empty, and that looks around by itself once an hour only. */
@Timeout(60)
class BusyNodeTest {
    private static final Path WRITER =
            Path.of(System.getenv("PLATEAU_HOME"), "native/build/test/ringwriter");

    private static final long BUSY = 3;

    @TempDir Path folder;

    /** A ring that has one more record whenever it is its turn. */
    private static final class NeverEmptyRing implements Ring {
        private final FakeRing records = new FakeRing(BUSY);
        private volatile boolean over;
        private boolean given;

        @Override
        public ByteBuffer poll() {
            given = !given;
            if (over || !given) {
                LockSupport.parkNanos(1_000_000);
                return null;
            }
            return records.write(1).poll();
        }

        @Override
        public void release() {
            records.release();
        }

        @Override
        public long source() {
            return BUSY;
        }

        @Override
        public boolean finished() {
            return false;
        }

        @Override
        public RingStatistics statistics() {
            return records.statistics();
        }

        @Override
        public void remove() {}

        @Override
        public void close() {}
    }

    @Test
    void aRingThatAppearsIsTakenUpWhileAnotherIsNeverEmpty() throws Exception {
        Path directory = folder.resolve("session");
        NeverEmptyRing busy = new NeverEmptyRing();
        try (Session session = Session.create(directory, HookSettings.defaults());
                RecordQueue queue =
                        RecordQueue.open(folder.resolve("inbox"), QueueSettings.in(folder));
                Account account = Account.open(directory, queue);
                RecordTailer tailer = queue.reader()) {
            Drain drain = new Drain(firstOf(busy, session::newRings), queue, account);
            NodeLoop loop =
                    new NodeLoop(
                            session,
                            drain,
                            account,
                            folder.resolve("stop.json"),
                            Duration.ofHours(1),
                            fills -> {});
            Thread thread = new Thread(loop);
            thread.start();
            try {
                await(tailer, true);
                Process writer = new ProcessBuilder(WRITER.toString(), directory + "", "9").start();
                assertEquals(0, writer.waitFor());
                await(tailer, false);
            } finally {
                busy.over = true;
                loop.terminate();
                thread.join();
            }
        }
    }

    private static Supplier<List<Ring>> firstOf(Ring ring, Supplier<List<Ring>> others) {
        List<Ring> waiting = new ArrayList<>(List.of(ring));
        return () -> {
            List<Ring> rings = new ArrayList<>(waiting);
            waiting.clear();
            rings.addAll(others.get());
            return rings;
        };
    }

    /** Until there is a record of the busy ring, or of another one. */
    private static void await(RecordTailer tailer, boolean ofTheBusyRing)
            throws InterruptedException {
        RecordView view = new RecordView();
        while (true) {
            ByteBuffer record = tailer.poll();
            if (record == null) {
                TimeUnit.MILLISECONDS.sleep(1);
            } else if (view.on(record).source() == BUSY == ofTheBusyRing) {
                return;
            }
        }
    }
}
