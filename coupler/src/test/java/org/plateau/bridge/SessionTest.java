package org.plateau.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions and rings with real writing processes ({@code native/ring/test/ringwriter.c}). */
@Timeout(60)
class SessionTest {
    private static final int VERSION_AT = 8;
    private static final int DATA = 1;
    private static final int GAP = 2;
    private static final int WRITER_END = 4;

    @TempDir Path folder;
    private Session session;
    private final List<Process> writers = new ArrayList<>();

    @BeforeEach
    void create() {
        HookSettings settings =
                new HookSettings(1 << 20, 16 << 20, Duration.ZERO, List.of("x", "!y"));
        session = Session.create(folder.resolve("session"), settings);
    }

    @AfterEach
    void close() {
        writers.forEach(Process::destroyForcibly);
        session.close();
    }

    @Test
    void aSessionIsOpenToItsOwnerOnly() throws IOException {
        var mode = Files.getPosixFilePermissions(session.directory());
        assertEquals("rwx------", PosixFilePermissions.toString(mode));
    }

    /** The lock of a live writer is what keeps its nameless ring; the C tests have that. */
    @Test
    @Tag("long")
    void whatWritersLeftThatDiedBeforeTheirFirstRecordIsRemoved() throws Exception {
        Path claimed = session.directory().resolve(".claim.0000000000000001");
        Path made = session.directory().resolve(".ring.0000000000000002");
        Path other = session.directory().resolve(".other");
        for (Path left : List.of(claimed, made, other)) {
            Files.createFile(left);
        }
        session.newRings();
        assertTrue(Files.exists(claimed) && Files.exists(made)); // a writer may be about to lock it
        TimeUnit.SECONDS.sleep(12);
        session.newRings();
        assertFalse(Files.exists(claimed) || Files.exists(made));
        assertTrue(Files.exists(other));
    }

    @Test
    void aSessionIsMadeOnlyOnce() {
        BridgeException e =
                assertThrows(
                        BridgeException.class,
                        () -> Session.create(session.directory(), HookSettings.defaults()));
        assertTrue(e.getMessage().contains("exists"), e.getMessage());
    }

    @Test
    void aSessionThatOthersMayEnterIsRefused() throws IOException {
        Files.setPosixFilePermissions(
                session.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        BridgeException e =
                assertThrows(BridgeException.class, () -> Session.open(session.directory()));
        assertTrue(e.getMessage().contains("open to others"), e.getMessage());
    }

    @Test
    void aDamagedControlPageIsRefused() throws IOException {
        Files.write(session.directory().resolve("control"), new byte[200]);
        BridgeException e =
                assertThrows(BridgeException.class, () -> Session.open(session.directory()));
        assertTrue(e.getMessage().contains("damaged"), e.getMessage());
    }

    @Test
    void aSessionOfAnotherVersionIsSaidInOneLine() throws IOException {
        Path control = session.directory().resolve("control");
        byte[] bytes = Files.readAllBytes(control);
        bytes[VERSION_AT] = 9;
        Files.write(control, bytes);
        BridgeException e =
                assertThrows(BridgeException.class, () -> Session.open(session.directory()));
        assertTrue(e.getMessage().endsWith("has version 9, expected 1"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void theStopFlagIsSeenByWhoeverOpensTheSession() {
        assertFalse(session.stopRequested());
        session.requestStop(true);
        try (Session other = Session.open(session.directory())) {
            assertTrue(other.stopRequested());
            other.requestStop(false);
        }
        assertFalse(session.stopRequested());
    }

    @Test
    void everyRecordOfAWriterArrivesInPlaceAndInOrder() throws Exception {
        write(100).waitFor();
        Ring ring = onlyRing();
        for (int i = 0; i < 100; i++) {
            ByteBuffer record = ring.poll();
            assertTrue(record.isDirect() && record.isReadOnly());
            assertEquals(ByteOrder.LITTLE_ENDIAN, record.order());
            assertEquals(record.limit(), record.getLong(8));
            assertEquals(DATA, record.getShort(6));
            assertEquals(ring.source(), record.getLong(16));
            assertEquals(i + 1, record.getLong(24));
            assertEquals(i, record.getDouble(record.limit() - 8));
            ring.release();
        }
        assertEquals(WRITER_END, kindOfNext(ring));
        assertNull(ring.poll());
        assertTrue(ring.finished());
        RingStatistics s = ring.statistics();
        assertEquals(100, s.written());
        assertEquals(0, s.dropped());
        assertEquals(1000, s.costMaxNanos());
        assertTrue(s.costP50Nanos() > 0 && s.costP50Nanos() <= s.costP99Nanos());
        ring.remove();
        ring.close();
        try (var files = Files.list(session.directory())) {
            assertEquals(List.of("control"), files.map(f -> f.getFileName().toString()).toList());
        }
    }

    @Test
    void aWriterTakesAPreparedRingAndTheOthersStay() throws Exception {
        session.prepareRings(2);
        Set<Object> prepared = Set.of(inode("spare.00"), inode("spare.01"));
        assertTrue(session.newRings().isEmpty(), "a ring that nobody writes is not read");
        write(1).waitFor();
        Ring ring = onlyRing();
        assertTrue(prepared.contains(inode(String.format("ring.%016x", ring.source()))));
        assertEquals(DATA, kindOfNext(ring));
        try (var files = Files.list(session.directory())) {
            assertEquals(3, files.count(), "the control page, the ring and the other one");
        }
    }

    @Test
    void aRingIsHandedOutOnce() throws Exception {
        write(1).waitFor();
        onlyRing();
        assertTrue(session.newRings().isEmpty());
        write(1).waitFor();
        assertEquals(1, session.newRings().size());
    }

    @Test
    void twoWritersHaveTwoSources() throws Exception {
        write(3).waitFor();
        write(3).waitFor();
        List<Ring> rings = session.newRings();
        assertEquals(2, rings.size());
        assertNotEquals(rings.get(0).source(), rings.get(1).source());
    }

    @Test
    void aLivingWriterIsNotFinished() throws Exception {
        Process writer = write(1, "stay");
        writer.getInputStream().read();
        Ring ring = onlyRing();
        assertEquals(DATA, kindOfNext(ring));
        assertNull(ring.poll());
        assertFalse(ring.finished());
        writer.getOutputStream().close();
        writer.waitFor();
        assertEquals(WRITER_END, kindOfNext(ring));
        assertTrue(ring.finished());
    }

    @Test
    void aKilledWriterEndsWithoutASaying() throws Exception {
        Process writer = write(2, "stay");
        writer.getInputStream().read();
        writer.destroyForcibly().waitFor();
        Ring ring = onlyRing();
        assertEquals(DATA, kindOfNext(ring));
        assertEquals(DATA, kindOfNext(ring));
        assertNull(ring.poll());
        assertTrue(ring.finished());
    }

    @Test
    void whatAFullRingLostIsAGap() throws Exception {
        int records = 20_000;
        write(records).waitFor();
        Ring ring = onlyRing();
        long data = 0;
        long lost = 0;
        for (ByteBuffer record = ring.poll(); record != null; record = ring.poll()) {
            data += record.getShort(6) == DATA ? 1 : 0;
            lost += record.getShort(6) == GAP ? record.getLong(32) : 0;
            ring.release();
        }
        assertTrue(lost > 0);
        assertEquals(records, data + lost);
        assertEquals(lost, ring.statistics().dropped());
    }

    @Test
    void aWriterWakesWhoeverWaits() throws Exception {
        assertFalse(session.await(TimeUnit.MILLISECONDS.toNanos(1)));
        Process writer = write(1, "stay");
        assertTrue(session.await(TimeUnit.SECONDS.toNanos(30)));
        Ring ring = null;
        while (ring == null) {
            List<Ring> rings = session.newRings();
            ring = rings.isEmpty() ? null : rings.get(0);
        }
        while (ring.poll() == null) {
            session.await(TimeUnit.SECONDS.toNanos(1));
        }
        assertTrue(session.await(TimeUnit.SECONDS.toNanos(30)), "a record waits");
        writer.destroyForcibly();
    }

    @Test
    void aFileThatIsNoRingIsPassedOver() throws Exception {
        Files.write(session.directory().resolve("ring.0000000000000000"), new byte[5000]);
        write(1).waitFor();
        assertEquals(1, session.newRings().size());
    }

    @Test
    void aClosedSessionSaysSo() {
        session.close();
        assertThrows(IllegalStateException.class, () -> session.newRings());
        assertThrows(IllegalStateException.class, () -> session.await(0));
    }

    @Test
    void patternsMustBeOfOneLine() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new HookSettings(1 << 20, 1 << 20, Duration.ZERO, List.of("a\nb")));
    }

    private Ring onlyRing() {
        List<Ring> rings = session.newRings();
        assertEquals(1, rings.size());
        return rings.get(0);
    }

    private Object inode(String name) throws IOException {
        return Files.getAttribute(session.directory().resolve(name), "unix:ino");
    }

    private static int kindOfNext(Ring ring) {
        int kind = ring.poll().getShort(6);
        ring.release();
        return kind;
    }

    private Process write(int records, String... more) throws IOException {
        Path home = Path.of(System.getenv().getOrDefault("PLATEAU_HOME", ".."));
        List<String> command = new ArrayList<>();
        command.add(home.resolve("native/build/test/ringwriter").toString());
        command.add(session.directory().toString());
        command.add(Integer.toString(records));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        writers.add(process);
        return process;
    }
}
