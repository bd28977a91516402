package org.plateau.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a part has said nothing: for how long a file that it replaces again and again has been
 * the same. Counted from the first time that it is replaced: how long a part takes to begin depends
 * on how much history it finds. Time in which nobody looked, as of a job that was suspended, hardly
 * counts. Confined to its launch.
 */
final class Heartbeat {
    /** The most that the time between two looks counts for. */
    private static final long MOST = Duration.ofSeconds(2).toNanos();

    private final Path file;
    private final LongSupplier clock;
    private FileTime last;
    private long looked;
    private long silent;
    private boolean begun;

    /**
     * @param clock nanoseconds, monotonic
     */
    Heartbeat(Path file, LongSupplier clock) {
        this.file = file;
        this.clock = clock;
        begin();
    }

    /** For a part that has just been started. */
    void begin() {
        begun = false;
        last = replaced();
        looked = clock.getAsLong();
        silent = 0;
    }

    /** Looks once; how long it has been silent. */
    Duration silence() {
        long now = clock.getAsLong();
        FileTime replaced = replaced();
        begun |= !replaced.equals(last);
        silent = begun && replaced.equals(last) ? silent + Math.min(now - looked, MOST) : 0;
        last = replaced;
        looked = now;
        return Duration.ofNanos(silent);
    }

    private FileTime replaced() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
