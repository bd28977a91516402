package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.doctor.Finding.Level;

class SessionsCheckTest {
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

    @TempDir private Path folder;
    private Path processes;
    private Path session;

    @BeforeEach
    void makeSession() throws IOException {
        processes = Files.createDirectory(folder.resolve("proc"));
        session = Files.createDirectory(folder.resolve("plateau-1000-7"));
        Files.write(session.resolve("ring.0123456789abcdef"), new byte[4096]);
    }

    private Finding found(Clock clock, boolean clean) {
        List<Finding> found = new SessionsCheck(folder, processes, clock, clean).findings();
        assertEquals(1, found.size());
        return found.get(0);
    }

    private void assertInUse(Clock clock) {
        Finding found = found(clock, true);
        assertTrue(found.what().endsWith("is in use"), found.what());
        assertTrue(Files.exists(session));
    }

    private void assertStale() {
        Finding found = found(LATER, false);
        assertEquals(Level.NOTE, found.level());
        assertTrue(found.what().endsWith("is stale and holds 4 KiB"), found.what());
        assertTrue(Files.exists(session));
    }

    @Test
    void aSessionThatNobodyUsesIsStaleAndKept() {
        assertStale();
    }

    @Test
    void cleaningRemovesAStaleSessionAndSaysSo() {
        Finding found = found(LATER, true);
        assertEquals(Level.OK, found.level());
        assertTrue(found.what().startsWith("removed the stale session " + session));
        assertFalse(Files.exists(session));
    }

    @Test
    void aSessionIsInUseAsLongAsItsWriterLives() throws Exception {
        Process writer = LockHolder.start(session.resolve("ring.0123456789abcdef"));
        try {
            assertInUse(LATER);
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertStale();
    }

    @Test
    void aSessionIsInUseAsLongAsAPartLives() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String pid = stat.substring(0, stat.indexOf(' '));
        String startTicks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
        Files.writeString(session.resolve("watchdog.pid"), pid + " " + startTicks + "\n");
        assertInUse(LATER);
        Files.writeString(session.resolve("watchdog.pid"), pid + " 1\n");
        Finding found = found(LATER, false);
        assertEquals(Level.NOTE, found.level(), "a process number given to someone else");
    }

    @Test
    void aSessionIsInUseWhenAProcessHasItsFilesMapped() throws IOException {
        Path process = Files.createDirectory(processes.resolve("42"));
        String line = "7f00-7f01 rw-s 00000000 00:19 5 " + session.toRealPath() + "/control\n";
        Files.writeString(process.resolve("maps"), line);
        assertInUse(LATER);
    }

    @Test
    void aSessionJustMadeIsLeftAlone() {
        assertInUse(Clock.systemUTC());
    }

    @Test
    void aLinkIsNeverFollowed() throws IOException {
        Path target = Files.createDirectory(folder.resolve("precious"));
        Files.createSymbolicLink(folder.resolve("plateau-link"), target);
        found(LATER, true);
        assertTrue(Files.exists(target));
        assertTrue(Files.isSymbolicLink(folder.resolve("plateau-link")));
    }

    @Test
    void anEmptyFolderHasNoSessions() {
        List<Finding> found = new SessionsCheck(processes, processes, LATER, false).findings();
        assertEquals(List.of(Finding.ok("no sessions lie in " + processes)), found);
    }
}
