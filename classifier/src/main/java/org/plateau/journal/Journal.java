package org.plateau.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * An append-only file of entries. Each stands as
 *
 * <pre>
 *   u32  magic "PLTJ"
 *   u32  kind
 *   u32  length of the content in bytes
 *   u32  CRC-32C of kind, length and content
 *        content
 * </pre>
 *
 * all little-endian. Opening reads the file from its start and cuts off what follows the last whole
 * entry, which is what a kill in the middle of an append leaves. One writing process at a time.
 */
public final class Journal implements AutoCloseable {
    private static final int MAGIC = 0x4a544c50;
    private static final int HEADER = 16;
    private static final int MOST = 1 << 30;

    private final FileChannel channel;
    private final boolean sync;
    private long end;
    private int entries;
    private volatile boolean waiting;

    /** Takes the entries that are there already, in order. */
    public interface Reader {
        /** The content is valid during the call. */
        void entry(int kind, ByteBuffer content) throws IOException;
    }

    private Journal(FileChannel channel, boolean sync) {
        this.channel = channel;
        this.sync = sync;
    }

    /**
     * Opens a journal for appending, makes it if there is none, and reads what is there.
     *
     * @param sync whether {@link #sync} waits until the disk has it, against loss of power; against
     *     the death of the process it is not needed
     * @throws IOException if it cannot be read or written, or another process has it open
     */
    public static Journal open(Path path, boolean sync, Reader reader) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            lock(path, channel);
            Journal journal = new Journal(channel, sync);
            journal.scan(Integer.MAX_VALUE, reader);
            if (channel.size() > journal.end) {
                channel.truncate(journal.end);
            }
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            return; // a file system without locks: nothing to ask
        }
        if (lock == null) {
            throw new IOException(
                    path + ": another classifier is writing here; choose another run.directory");
        }
    }

    /**
     * Reads entries again, from the first one on.
     *
     * @param most how many
     */
    public void read(int most, Reader reader) throws IOException {
        Journal again = new Journal(channel, sync);
        again.scan(Math.min(most, entries), reader);
    }

    /** How many entries there are. */
    public int entries() {
        return entries;
    }

    private void scan(int most, Reader reader) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        while (entries < most && read(channel, header.clear(), end)) {
            int kind = header.getInt(4);
            int length = header.getInt(8);
            if (header.getInt(0) != MAGIC || length < 0 || length > channel.size() - end - HEADER) {
                return;
            }
            ByteBuffer content = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            boolean whole = read(channel, content, end + HEADER);
            content.flip();
            if (!whole || checksum(kind, content) != header.getInt(12)) {
                return;
            }
            reader.entry(kind, content);
            end += HEADER + length;
            entries++;
        }
    }

    private static boolean read(FileChannel channel, ByteBuffer into, long at) throws IOException {
        long position = at;
        while (into.hasRemaining()) {
            int n = channel.read(into, position);
            if (n < 0) {
                return false;
            }
            position += n;
        }
        return true;
    }

    private static int checksum(int kind, ByteBuffer content) {
        CRC32C crc = new CRC32C();
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        crc.update(head.putInt(kind).putInt(content.remaining()).flip());
        crc.update(content.duplicate());
        return (int) crc.getValue();
    }

    /**
     * Appends an entry; when this returns it has happened, whatever becomes of this process.
     * Against loss of power {@link #sync} is needed too.
     *
     * @param kind any number, for the reader
     * @param content from position to limit, which stay as they are
     */
    public void append(int kind, ByteBuffer content) throws IOException {
        if (content.remaining() > MOST) {
            throw new IllegalArgumentException(
                    "journal: expected an entry of at most 1 GiB, found " + content.remaining());
        }
        ByteBuffer whole =
                ByteBuffer.allocate(HEADER + content.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        whole.putInt(MAGIC).putInt(kind).putInt(content.remaining());
        whole.putInt(checksum(kind, content)).put(content.duplicate()).flip();
        long position = end;
        while (whole.hasRemaining()) {
            position += channel.write(whole, position);
        }
        end = position;
        entries++;
        waiting = sync;
    }

    /**
     * Waits until the disk has everything that was appended before, if it was opened so. Another
     * thread than the one that appends may call it.
     */
    public void sync() throws IOException {
        if (waiting) {
            waiting = false; // what is appended from now on may miss this time
            channel.force(false);
        }
    }

    /** Bytes in the journal. */
    public long size() {
        return end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
