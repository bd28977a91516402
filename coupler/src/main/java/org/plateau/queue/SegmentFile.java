package org.plateau.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * The segment that is being written, as a file: a large record goes into fresh pages faster by the
 * kernel's own write, which neither clears them first nor takes a fault for each, and a full disk
 * is then an error and no signal. Not thread-safe.
 */
final class SegmentFile implements AutoCloseable {
    /** From that many bytes on a record is worth a system call. */
    static final int LARGE = 64 << 10;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(LARGE);

    private final Segments segments;
    private int number = -1;
    private FileChannel channel;

    SegmentFile(Segments segments) {
        this.segments = segments;
    }

    /**
     * Writes all of a record at that place of the segment; its position and limit stay.
     *
     * @throws QueueFullException if the disk has no room; the place holds zeros then
     */
    void write(int segment, ByteBuffer record, long at) {
        int start = record.position();
        long place = at;
        try {
            open(segment);
            while (record.hasRemaining()) {
                place += channel.write(record, place);
            }
        } catch (IOException e) {
            clear(at, place);
            throw new QueueFullException("segment " + segments.list().get(segment) + ": " + e);
        } finally {
            record.position(start);
        }
    }

    private void open(int segment) throws IOException {
        if (segment != number) {
            close();
            channel = FileChannel.open(segments.list().get(segment), StandardOpenOption.WRITE);
            number = segment;
        }
    }

    private void clear(long from, long until) {
        try {
            for (long at = from; at < until; ) {
                int most = (int) Math.min(ZEROS.capacity(), until - at);
                at += channel.write(ZEROS.duplicate().limit(most), at);
            }
        } catch (IOException e) {
            throw new QueueException("a segment that could not be written cannot be cleared", e);
        }
    }

    @Override
    public void close() {
        number = -1;
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            throw new QueueException("a segment cannot be closed", e);
        }
    }
}
