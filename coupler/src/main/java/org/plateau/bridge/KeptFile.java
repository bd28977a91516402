package org.plateau.bridge;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file in memory (tmpfs) that stays mapped whatever its name becomes, so that its pages can be
 * used again: a copy into them costs neither a page fault nor a new page. Not thread-safe; nothing
 * may be called after {@link #close}.
 */
public final class KeptFile implements AutoCloseable {
    private final long handle;
    private final ByteBuffer bytes;
    private long there;
    private long end = -1;
    private long cleared;

    private KeptFile(long handle) {
        this.handle = handle;
        bytes = Native.keptBytes(handle);
    }

    /**
     * Maps a file of up to 2 GiB; empty where that does not go or the native library is missing.
     */
    public static Optional<KeptFile> open(Path path) {
        try {
            long file = Native.keepFile(path.toString());
            return file == 0 ? Optional.empty() : Optional.of(new KeptFile(file));
        } catch (LinkageError e) {
            // Files are deleted then instead of used again.
            return Optional.empty();
        }
    }

    /**
     * Makes the next bytes of the file zeros and keeps their pages. Once it is {@link #clean}, what
     * reads it cannot tell it from a new file of its length. Nobody else may write to it meanwhile.
     *
     * @param step bytes, whole pages
     * @param most bytes of data that it may have
     * @return false if it has more, or if the kernel (before Linux 5.14) or the file system does
     *     not offer what it takes
     */
    public boolean clear(long step, long most) {
        if (end < 0) {
            end = Native.endOfData(handle);
        }
        if (end < 0 || end > most) {
            return false;
        }
        long until = cleared + Math.min(step, end - cleared);
        boolean done = Native.clearFile(handle, cleared, until, until <= there);
        if (done) {
            cleared = until;
            there = Math.max(there, until);
        }
        return done;
    }

    /** Whether all of it is zeros. */
    public boolean clean() {
        return cleared == end;
    }

    /** It is written to again, and has to be cleared from its start the next time. */
    public void use() {
        end = -1;
        cleared = 0;
    }

    /** Bytes from the start of the file whose pages are there and mapped. */
    public long there() {
        return there;
    }

    /** Copies all of a buffer to that place of the file, within {@link #there}. */
    public void put(long at, ByteBuffer from) {
        bytes.put((int) at, from, from.position(), from.remaining());
    }

    /** Unmaps it; its pages go if its last name has gone. */
    @Override
    public void close() {
        bytes.limit(0);
        Native.letGoOfFile(handle);
    }
}
