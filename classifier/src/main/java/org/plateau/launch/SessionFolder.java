package org.plateau.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.plateau.coupler.Directories;

/**
 * A session's directory as it lies there, whoever made it.
 *
 * @param directory of the session
 */
public record SessionFolder(Path directory) {
    private static final String ENDING = ".pid";
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** Whether coupler, classifier or watchdog of the session still run. */
    public boolean partsLive() {
        return partNames().stream()
                .anyMatch(name -> Part.find(name, directory, directory).isPresent());
    }

    /** The parts that left a pid file, running or not. */
    public List<String> partNames() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be read", e);
        }
    }

    /** Whether a part of the session lives or a writer holds the lock on its ring. */
    public boolean inUse() {
        return partsLive() || anyWriter();
    }

    private boolean anyWriter() {
        try (DirectoryStream<Path> rings = Files.newDirectoryStream(directory, "ring.*")) {
            for (Path ring : rings) {
                if (isLocked(ring)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be read", e);
        }
    }

    /** A shared lock is refused while a writer holds its own; one that is given goes at once. */
    private static boolean isLocked(Path ring) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(ring, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /**
     * Removes what a killed attempt of the same job left under that name.
     *
     * @return what was done, in one line; empty: there was nothing
     * @throws SessionTakenException if it is in use, or about to be: one that was made within the
     *     last minute has no parts yet while its rings are made
     */
    Optional<String> makeRoom() {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        if (inUse() || (partNames().isEmpty() && isYoung())) {
            throw taken();
        }
        remove();
        return Optional.of(
                "plateau: removed the session " + directory + ", which a killed attempt left");
    }

    SessionTakenException taken() {
        return new SessionTakenException(
                directory
                        + ": expected no session there, found one in use; plateau finish ends it,"
                        + " another PLATEAU_SESSION lets both live");
    }

    private boolean isYoung() {
        try {
            Instant made = Files.getLastModifiedTime(directory).toInstant();
            return made.isAfter(Instant.now().minus(YOUNG));
        } catch (IOException e) {
            return true; // somebody removes it just now
        }
    }

    /** Removes the directory and what is in it; links are removed, never followed. */
    public void remove() {
        Directories.remove(directory);
    }
}
