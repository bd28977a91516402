package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.bridge.Ring;
import org.plateau.message.GapReason;
import org.plateau.message.RecordKind;
import org.plateau.message.RecordView;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

class DrainTest {
    private static final long MIB = 1 << 20;

    @TempDir Path folder;
    private RecordQueue queue;
    private Account account;
    private final List<Ring> appeared = new ArrayList<>();

    @BeforeEach
    void open() {
        queue =
                RecordQueue.open(
                        folder.resolve("inbox"), new QueueSettings(folder, 60 * MIB, MIB, 0));
        account = Account.open(folder, queue);
    }

    @AfterEach
    void close() {
        account.close();
        queue.close();
    }

    /** What a new process finds after this one was killed. */
    private void killAndStartAgain() {
        queue.close();
        open();
    }

    private Drain drain(Ring... rings) {
        appeared.addAll(Arrays.asList(rings));
        Drain drain = new Drain(this::takeAppeared, queue, account);
        drain.look();
        return drain;
    }

    private List<Ring> takeAppeared() {
        List<Ring> all = List.copyOf(appeared);
        appeared.clear();
        return all;
    }

    private static void drainAll(Drain drain) {
        while (drain.step() > 0) {
            continue;
        }
        drain.sweep();
    }

    private record Seen(long source, RecordKind kind, long sequence) {}

    private List<Seen> inQueue() {
        List<Seen> all = new ArrayList<>();
        RecordView v = new RecordView();
        try (RecordTailer tailer = queue.reader()) {
            for (ByteBuffer b = tailer.poll(); b != null; b = tailer.poll()) {
                v.on(b);
                all.add(new Seen(v.source(), v.kind(), v.sequence()));
            }
        }
        return all;
    }

    private void assertAccount(long source, long written, long forwarded, long dropped, long torn) {
        SourceAccount a = account.of(source);
        assertEquals(
                List.of(written, forwarded, dropped, torn, 0L),
                List.of(a.written(), a.forwarded(), a.droppedInAll(), a.torn(), a.open()),
                "written, forwarded, dropped, torn, open");
    }

    @Test
    void everyRecordOfEveryRingIsInTheQueueAndInTheAccount() {
        FakeRing a = new FakeRing(1).write(5).write(6).lose(3, GapReason.RING_FULL).write(7).end();
        FakeRing b = new FakeRing(2).write(1).die();
        Drain drain = drain(a, b);
        drainAll(drain);
        assertEquals(7, inQueue().size());
        assertAccount(1, 6, 3, 3, 0);
        assertAccount(2, 2, 1, 0, 1);
        assertTrue(drain.empty() && a.removed && b.removed);
    }

    @Test
    void ringsThatAppearLaterAreTakenUp() {
        Drain drain = drain(new FakeRing(1).write(5));
        drainAll(drain);
        appeared.add(new FakeRing(2).write(5).end());
        drain.look();
        drainAll(drain);
        assertAccount(2, 1, 1, 0, 0);
        assertFalse(drain.empty(), "the first writer still lives");
    }

    @Test
    void aBusyRingDoesNotKeepOthersWaiting() {
        FakeRing busy = new FakeRing(1);
        for (int i = 0; i < 40; i++) {
            busy.write(100_000);
        }
        Drain drain = drain(busy, new FakeRing(2).write(1));
        drain.step();
        assertTrue(busy.waiting() > 20, "only its share was taken");
        assertTrue(inQueue().contains(new Seen(2, RecordKind.DATA, 1)));
    }

    @Test
    void aRecordAppendedButNotReleasedBeforeAKillIsNotAppendedAgain() {
        FakeRing a = new FakeRing(1).write(5).write(6).end();
        FakeRing b = new FakeRing(2).write(5);
        queue.append(b.poll());
        b.release();
        queue.append(a.poll()); // killed here: appended, neither counted nor released
        killAndStartAgain();
        drainAll(drain(a, b));
        assertEquals(4, inQueue().size());
        assertAccount(1, 2, 2, 0, 0);
        assertAccount(2, 1, 1, 0, 0);
    }

    @Test
    void anEndToldBeforeAKillIsNotToldAgain() {
        FakeRing a = new FakeRing(1).write(5).die();
        Drain first = drain(a);
        while (a.waiting() > 1) {
            queue.append(a.poll());
            a.release();
        }
        queue.append(a.poll());
        assertFalse(first.empty());
        killAndStartAgain();
        drainAll(drain(a));
        assertAccount(1, 2, 1, 0, 1);
        assertEquals(2, inQueue().size());
    }

    @Test
    void theAccountSurvivesAKillAtAnyTime() {
        FakeRing a = new FakeRing(1).write(5).lose(2, GapReason.RING_FULL).write(5);
        drainAll(drain(a));
        account.save();
        a.write(5).write(5);
        drainAll(drain(a)); // counted, but no snapshot was made
        killAndStartAgain();
        a.write(5).end();
        drainAll(drain(a));
        assertAccount(1, 7, 5, 2, 0);
    }

    @Test
    void whatIsNoRecordBecomesACountedGap() {
        drainAll(drain(new FakeRing(1).write(5).damage().write(5).end()));
        assertAccount(1, 3, 2, 1, 0);
    }

    @Test
    void aFullQueueLeavesRecordsInTheRingsUntilThereIsRoom() {
        FakeRing a = new FakeRing(1);
        for (int i = 0; i < 40; i++) {
            a.write(1 << 19);
        }
        a.end();
        Drain drain = drain(a);
        try (RecordTailer classifier = queue.tailer("classifier")) {
            drainAll(drain);
            assertTrue(drain.held());
            int left = a.waiting();
            assertEquals(0, drain.step(), "nothing moves");
            assertEquals(left, a.waiting());
            while (a.waiting() > 0) {
                consume(classifier);
                drainAll(drain);
                account.save();
            }
            consume(classifier);
        }
        assertAccount(1, 40, 40, 0, 0);
        assertFalse(drain.held());
    }

    private static void consume(RecordTailer tailer) {
        while (tailer.poll() != null) {
            tailer.released(tailer.index());
        }
    }
}
