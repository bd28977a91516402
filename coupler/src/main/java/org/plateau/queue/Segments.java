package org.plateau.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.wire.Wires;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a queue: which segments there are, how many bytes each really takes, and which can
 * go.
 *
 * <p>A file is mapped, and so has a length, far beyond what was written; the rest is a hole that
 * takes no disk. What counts is the place of the last byte that is not zero.
 */
final class Segments {
    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
    static final RollCycle CYCLE = RollCycles.FIVE_MINUTELY;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm'V.cq4'");
    private static final String SUFFIX = ".cq4";
    private static final String RELEASED = "released.";
    private static final int STEP = 1 << 20;
    private static final int ATTEMPTS = 10;

    private final Path directory;
    private final int mostSpares;
    private final Holds holds;
    private final Map<Path, Long> closed = new HashMap<>();

    /**
     * @param mostSpares as many released segments are kept as spares at most, if any are wanted
     * @param holds what is deleted at once although it could be a spare
     */
    Segments(Path directory, int mostSpares, Holds holds) {
        this.directory = directory;
        this.holds = holds;
        this.mostSpares = mostSpares;
    }

    /** Milliseconds that make Chronicle take the segment of that number. */
    static long clock(long segment) {
        return segment * CYCLE.lengthInMillis();
    }

    /** Files by number of their segment. */
    TreeMap<Integer, Path> list() {
        return list(directory);
    }

    /** The folder of consumed segments that may be used again, while there is one. */
    Path spares() {
        return directory.resolve("spares");
    }

    /** Spare files by the number of the segment that they were. */
    TreeMap<Integer, Path> listSpares() {
        return Files.isDirectory(spares()) ? list(spares()) : new TreeMap<>();
    }

    /** The file of a segment. */
    Path file(int segment) {
        return directory.resolve(name(segment));
    }

    /** A segment's file once it is a spare. */
    Path spare(int segment) {
        return spares().resolve(name(segment));
    }

    private static String name(int segment) {
        return NAME.format(LocalDateTime.ofEpochSecond(clock(segment) / 1000, 0, ZoneOffset.UTC));
    }

    private static TreeMap<Integer, Path> list(Path folder) {
        TreeMap<Integer, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.toString().endsWith(SUFFIX)).forEach(f -> found.put(number(f), f));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static int number(Path file) {
        String name = file.getFileName().toString();
        long seconds = LocalDateTime.parse(name, NAME).toEpochSecond(ZoneOffset.UTC);
        return (int) (seconds * 1000 / CYCLE.lengthInMillis());
    }

    /** Bytes that all closed segments take: all but the one that is being written. */
    long closedBytes(int current) {
        long sum = 0;
        TreeMap<Integer, Path> files = list();
        files.remove(current);
        closed.keySet().retainAll(files.values());
        for (Path file : files.values()) {
            sum += closed.computeIfAbsent(file, Segments::used);
        }
        return sum;
    }

    /** Place behind the last byte of a file that is not zero. */
    static long used(Path file) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer step = ByteBuffer.allocateDirect(STEP);
            ByteBuffer zeros = ByteBuffer.allocateDirect(STEP);
            for (long end = in.size(); end > 0; end -= STEP) {
                long from = Math.max(0, end - STEP);
                step.clear().limit((int) (end - from));
                in.read(step, from);
                step.flip();
                if (step.mismatch(zeros.slice(0, step.limit())) >= 0) {
                    return from + lastNotZero(step) + 1;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0; // deleted since it was listed
        }
    }

    private static int lastNotZero(ByteBuffer bytes) {
        int last = bytes.limit() - 1;
        while (bytes.get(last) == 0) {
            last--;
        }
        return last;
    }

    /**
     * Deletes the last segment if whoever began it died before there was anything in it: Chronicle
     * would wait for them for a while.
     *
     * @return whether there was one
     */
    boolean deleteUnbegun() {
        Map.Entry<Integer, Path> last = list().lastEntry();
        if (last == null) {
            return false;
        }
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel in = FileChannel.open(last.getValue(), StandardOpenOption.READ)) {
            in.read(header, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean begun = header.getInt(0) != 0 && Wires.isReady(header.getInt(0));
        return !begun && delete(last.getValue());
    }

    /** Notes that a named tailer exists and has released nothing yet, unless it is known. */
    void register(String tailer) {
        if (!Files.exists(mark(tailer))) {
            release(tailer, 0);
        }
    }

    /** Notes that a named tailer needs nothing up to that index any more. */
    void release(String tailer, long index) {
        try (FileChannel out =
                FileChannel.open(
                        mark(tailer), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.allocate(8).putLong(0, index), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a named tailer has released; -1 for nothing. */
    long released(String tailer) {
        long index = Files.exists(mark(tailer)) ? read(mark(tailer)) : 0;
        return index == 0 ? -1 : index;
    }

    private Path mark(String tailer) {
        return directory.resolve(RELEASED + tailer);
    }

    /**
     * Deletes the segments that every named tailer has passed, or keeps them as {@link Spares}; the
     * last one always stays.
     */
    boolean deleteReleased() {
        int needed = firstNeeded(mark -> true).orElse(0);
        TreeMap<Integer, Path> files = list();
        boolean deleted = false;
        for (Map.Entry<Integer, Path> file : files.headMap(needed).entrySet()) {
            if (!file.getKey().equals(files.lastKey())) {
                deleted |= keep(file.getKey(), file.getValue()) || delete(file.getValue());
            }
        }
        return deleted;
    }

    /** Whether the first of several segments is kept by that tailer and by no other. */
    boolean heldBy(String tailer) {
        TreeMap<Integer, Path> files = list();
        return files.size() > 1
                && CYCLE.toCycle(read(mark(tailer))) <= files.firstKey()
                && firstNeeded(mark -> !mark.equals(mark(tailer))).orElse(Integer.MAX_VALUE)
                        > files.firstKey();
    }

    /** Keeps a segment as a spare if the one that appends wants some; false if it is to go. */
    private boolean keep(int segment, Path file) {
        boolean room = Files.isDirectory(spares()) && listSpares().size() < mostSpares;
        if (!room || holds.any(segment)) {
            return false;
        }
        try {
            Files.move(file, spare(segment), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false; // the folder has gone, or who read with another tailer was first
        }
    }

    /** Gives a spare the name of another segment; false if it is not there. */
    boolean use(int spare, int segment) {
        try {
            Files.move(spare(spare), file(segment), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the folder of spares; from now on released segments are moved there. */
    void makeSpares() {
        try {
            Files.createDirectories(spares());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the spares and their folder; from now on released segments are deleted. */
    void removeSpares() {
        for (int attempt = 0; Files.exists(spares()) && attempt < ATTEMPTS; attempt++) {
            try {
                listSpares().values().forEach(Segments::delete);
                Files.deleteIfExists(spares());
            } catch (IOException e) {
                LOG.debug("a segment came into {} meanwhile", spares());
            }
        }
    }

    /** Deletes a file; false if it is not there. */
    static boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first segment that any of those tailers needs, if there are any. */
    private OptionalInt firstNeeded(Predicate<Path> ofMark) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().startsWith(RELEASED))
                    .filter(ofMark)
                    .mapToInt(f -> CYCLE.toCycle(read(f)))
                    .min();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long read(Path mark) {
        try {
            byte[] bytes = Files.readAllBytes(mark);
            return bytes.length < 8 ? 0 : ByteBuffer.wrap(bytes).getLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
