package org.plateau.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.plateau.launch.SessionFolder;

/**
 * Which of this user's sessions are stale: no writer holds the lock on its ring, no part named by a
 * pid file lives, and no process has a file of the session mapped. Rings are not read. A session
 * without pid files that was touched in the last minute may be about to start and is left alone.
 */
public final class SessionsCheck implements Check {
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path folder;
    private final Path processes;
    private final Clock clock;
    private final boolean clean;

    /**
     * @param folder in which sessions are made, /dev/shm
     * @param processes normally /proc
     * @param clean whether to remove stale sessions
     */
    public SessionsCheck(Path folder, Path processes, Clock clock, boolean clean) {
        this.folder = folder;
        this.processes = processes;
        this.clock = clock;
        this.clean = clean;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        try (DirectoryStream<Path> sessions = Files.newDirectoryStream(folder, "plateau-*")) {
            for (Path session : sessions) {
                if (Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS) && isOurs(session)) {
                    found.add(judged(session));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            found.add(
                    Finding.note(
                            folder + ": sessions cannot be listed: " + e.getMessage(),
                            "look there yourself"));
        }
        return found.isEmpty() ? List.of(Finding.ok("no sessions lie in " + folder)) : found;
    }

    private boolean isOurs(Path session) throws IOException {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return Files.getAttribute(session, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(user);
    }

    private Finding judged(Path session) {
        try {
            if (inUse(session)) {
                return Finding.ok("session " + session + " is in use");
            }
            String size = Size.text(bytes(session));
            if (!clean) {
                return Finding.note(
                        "session " + session + " is stale and holds " + size,
                        "remove it with plateau doctor --clean");
            }
            new SessionFolder(session).remove();
            return Finding.ok("removed the stale session " + session + ", which held " + size);
        } catch (IOException | UncheckedIOException e) {
            return Finding.note(
                    "session " + session + " cannot be judged: " + e.getMessage(),
                    "run plateau doctor again");
        }
    }

    private boolean inUse(Path session) throws IOException {
        SessionFolder parts = new SessionFolder(session);
        if (parts.inUse() || isMapped(session)) {
            return true;
        }
        Instant touched = Files.getLastModifiedTime(session).toInstant();
        return parts.partNames().isEmpty() && touched.isAfter(clock.instant().minus(YOUNG));
    }

    /** Whether a process of this user has a file of the session in its memory. */
    private boolean isMapped(Path session) throws IOException {
        String inside = session.toRealPath() + "/";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (Path process : all) {
                if (maps(process, inside)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean maps(Path process, String inside) {
        try (Stream<String> lines = Files.lines(process.resolve("maps"))) {
            return lines.anyMatch(line -> line.contains(inside));
        } catch (IOException | UncheckedIOException e) {
            return false; // gone meanwhile, or another user's
        }
    }

    private static long bytes(Path session) throws IOException {
        try (Stream<Path> files = Files.list(session)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
