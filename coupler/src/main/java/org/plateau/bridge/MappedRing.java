package org.plateau.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A ring mapped into this process by the native reader. */
final class MappedRing implements Ring {
    private static final int STATISTICS = 8;

    private final Path path;
    private final long source;
    private final long session;
    private long handle;

    private MappedRing(Path path, long session, long handle) {
        this.path = path;
        this.session = session;
        this.handle = handle;
        this.source = Native.source(handle);
    }

    static MappedRing open(Path path, long session) {
        return new MappedRing(path, session, Native.openRing(session, path.toString()));
    }

    @Override
    public long source() {
        return source;
    }

    @Override
    public ByteBuffer poll() {
        requireOpen();
        ByteBuffer record = Native.poll(handle);
        return record == null ? null : record.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void release() {
        requireOpen();
        Native.release(handle);
    }

    @Override
    public boolean finished() {
        requireOpen();
        return Native.finished(handle);
    }

    @Override
    public RingStatistics statistics() {
        requireOpen();
        long[] s = new long[STATISTICS];
        Native.statistics(handle, s);
        return new RingStatistics(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    @Override
    public void remove() {
        requireOpen();
        Native.removeRing(session, handle, path.toString());
    }

    private void requireOpen() {
        if (handle == 0) {
            throw new IllegalStateException("ring " + path + " is closed");
        }
    }

    @Override
    public void close() {
        if (handle != 0) {
            Native.closeRing(handle);
            handle = 0;
        }
    }
}
