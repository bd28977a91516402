package org.plateau.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * The files of a queue: which segments there are, how many bytes each really takes, and which can
 * go.
 *
 * <p>A file is mapped, and so has a length, far beyond what was written; the rest is a hole that
 * takes no disk. What counts is the place of the last byte that is not zero.
 */
final class Segments {
    static final RollCycle CYCLE = RollCycles.FIVE_MINUTELY;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmm'V.cq4'");
    private static final String SUFFIX = ".cq4";
    private static final String RELEASED = "released.";
    private static final int STEP = 1 << 20;

    private final Path directory;
    private final Map<Path, Long> closed = new HashMap<>();

    Segments(Path directory) {
        this.directory = directory;
    }

    /** Milliseconds that make Chronicle take the segment of that number. */
    static long clock(long segment) {
        return segment * CYCLE.lengthInMillis();
    }

    /** Files by number of their segment. */
    TreeMap<Integer, Path> list() {
        TreeMap<Integer, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
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

    /** Deletes the segments that every named tailer has passed; the last one always stays. */
    boolean deleteReleased() {
        int needed = firstNeeded(mark -> true).orElse(0);
        TreeMap<Integer, Path> files = list();
        boolean deleted = false;
        for (Map.Entry<Integer, Path> file : files.headMap(needed).entrySet()) {
            if (!file.getKey().equals(files.lastKey())) {
                deleted |= delete(file.getValue());
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

    private static boolean delete(Path file) {
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
