package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.bridge.HookSettings;
import org.plateau.doctor.Finding.Level;

class SharedMemoryCheckTest {
    private static final long MIB = 1L << 20;
    private static final HookSettings HOOK = HookSettings.defaults(); // 64 MiB a ring, 1 GiB in all

    private static Finding onFileSystem(OptionalLong free) {
        return new SharedMemoryCheck(Path.of("/dev/shm"), HOOK, free, OptionalLong.empty())
                .findings()
                .get(0);
    }

    private static Finding inGroup(long left) {
        return new SharedMemoryCheck(
                        Path.of("/dev/shm"), HOOK, OptionalLong.of(1 << 30), OptionalLong.of(left))
                .findings()
                .get(1);
    }

    @Test
    void roomForAllRingsIsFine() {
        Finding found = onFileSystem(OptionalLong.of(2048 * MIB));
        assertEquals(Level.OK, found.level());
        assertTrue(found.what().contains("16 rings of 64 MiB"), found.what());
    }

    @Test
    void roomForSomeRingsIsNoted() {
        Finding found = onFileSystem(OptionalLong.of(512 * MIB));
        assertEquals(Level.NOTE, found.level());
        assertTrue(found.what().contains("7 rings"), found.what());
    }

    @Test
    void aContainersUsual64MiBMakeTheRingSmaller() {
        Finding found = onFileSystem(OptionalLong.of(64 * MIB));
        assertEquals(Level.NOTE, found.level());
        assertTrue(found.what().contains("made smaller"), found.what());
    }

    @Test
    void noRoomForTheSmallestRingIsAProblem() {
        assertEquals(Level.PROBLEM, onFileSystem(OptionalLong.of(MIB)).level());
        assertEquals(Level.PROBLEM, inGroup(64 * MIB).level());
    }

    @Test
    void theGroupKeepsItsMargin() {
        assertEquals(Level.NOTE, inGroup(100 * MIB).level());
        assertEquals(Level.OK, inGroup(2048 * MIB).level());
    }

    @Test
    void aFolderThatIsNotThereIsAProblem(@TempDir Path folder) {
        MemoryRoom unlimited = new MemoryRoom(folder, folder);
        List<Finding> found =
                SharedMemoryCheck.of(folder.resolve("none"), HOOK, unlimited).findings();
        assertEquals(Level.PROBLEM, found.get(0).level());
        assertEquals(Level.OK, found.get(1).level());
    }

    private static Finding prepared(int writers, long free) {
        HookSettings hook =
                new HookSettings(
                        64 * MIB, 1024 * MIB, Duration.ZERO, List.of(), List.of(), 1, writers);
        return new SharedMemoryCheck(
                        Path.of("/dev/shm"), hook, OptionalLong.of(free), OptionalLong.empty())
                .findings()
                .get(2);
    }

    @Test
    void ringsArePreparedForAsManyWritersAsTheSettingsSay() {
        assertEquals(Level.OK, prepared(4, 1024 * MIB).level());
        assertTrue(prepared(4, 1024 * MIB).what().startsWith("4 rings of 64 MiB are prepared"));
    }

    @Test
    void moreWritersThanRingsFitAreNoted() {
        Finding found = prepared(32, 512 * MIB);
        assertEquals(Level.NOTE, found.level());
        assertTrue(found.what().contains("32 rings of 64 MiB"), found.what());
        assertTrue(found.what().endsWith("7 fit"), found.what());
    }

    @Test
    void withoutPreparedRingsTheModelTakesTheMemoryItself() {
        assertEquals(Level.NOTE, prepared(0, 1024 * MIB).level());
    }
}
