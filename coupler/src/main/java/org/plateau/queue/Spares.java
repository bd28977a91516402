package org.plateau.queue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.plateau.bridge.KeptFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumed segments in memory that are used again: making the pages of a new file takes several
 * times as long as copying a record into pages that are there, and their end takes time as well.
 *
 * <p>Whoever would delete a segment moves it into the queue's folder {@code spares} instead ({@link
 * Segments#deleteReleased}), if that folder is there and holds few. What is in it is worth nothing
 * to anybody. Only the process that appends takes a file out of it: it makes all of it zeros,
 * through a mapping that it keeps for the next time, and gives it the name of the next segment,
 * where Chronicle finds what it could as well have made itself. The folder is emptied at the start,
 * when nothing has used a spare for a while, and when room is short; it goes at the end. Not
 * thread-safe.
 */
final class Spares implements AutoCloseable {
    /** Nanoseconds without a new segment after which spares take memory for nothing. */
    static final long KEPT = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Spares.class);
    private static final long STEP = 1 << 20;

    /** So many behind the one that is being written stay mapped: one far back is not spare soon. */
    private static final int NEAR = 8;

    private final Segments segments;
    private final long most;
    private final LongSupplier clock;

    /** What is mapped, by the number of the segment that it is, or was before it was spare. */
    private final TreeMap<Integer, KeptFile> kept = new TreeMap<>();

    private boolean wanted;
    private boolean rested;
    private long begun;
    private Optional<KeptFile> current = Optional.empty();

    /**
     * @param most bytes that a segment has at most
     * @param wanted whether segments are used again at all
     * @param clock nanoseconds
     */
    Spares(Segments segments, long most, boolean wanted, LongSupplier clock) {
        this.segments = segments;
        this.most = most;
        this.wanted = wanted;
        this.clock = clock;
        begun = clock.getAsLong();
        if (wanted) {
            segments.makeSpares();
            segments.listSpares().values().forEach(Segments::delete);
        } else {
            segments.removeSpares();
        }
    }

    /**
     * Gives a spare the name of a segment that is about to begin; else Chronicle makes a file. One
     * that is not clean is cleared for that only where there was nothing but work since the last
     * one began: else a record would wait for it, and there will be time.
     */
    void begin(int segment) {
        boolean hurried = !rested;
        rested = false;
        begun = clock.getAsLong();
        current = Optional.empty();
        letGo(segment - NEAR);
        if (move(segment) || hurried && clearSome(most) && move(segment)) {
            kept.put(segment, current.get());
        }
    }

    /** Gives the first spare that is clean that segment's name, and takes it as the current one. */
    private boolean move(int segment) {
        for (int spare : list().keySet()) {
            KeptFile file = kept.get(spare);
            if (file != null && file.clean() && segments.use(spare, segment)) {
                file.use();
                kept.remove(spare);
                current = Optional.of(file);
                return true;
            }
        }
        return false;
    }

    /**
     * For when there is nothing else to do: about a MiB of a spare is made zeros.
     *
     * @return false if there is nothing to do here either
     */
    boolean rest() {
        rested = true;
        if (clock.getAsLong() - begun > KEPT) {
            giveUp();
        }
        return clearSome(STEP);
    }

    /** Clears that many bytes at most of the first spare that is not clean; false if all are. */
    private boolean clearSome(long step) {
        for (Map.Entry<Integer, Path> spare : list().entrySet()) {
            KeptFile file = kept.get(spare.getKey());
            if (file == null || !file.clean()) {
                return clear(spare.getKey(), spare.getValue(), step);
            }
        }
        return false;
    }

    private boolean clear(int spare, Path path, long step) {
        Optional<KeptFile> file =
                Optional.ofNullable(kept.get(spare)).or(() -> KeptFile.open(path));
        file.ifPresent(f -> kept.put(spare, f));
        if (file.isPresent() && file.get().clear(step, most)) {
            return true;
        }
        LOG.info(
                "queue {}: files of consumed segments are deleted, not used again",
                path.getParent().getParent());
        close();
        return false;
    }

    private Map<Integer, Path> list() {
        return wanted ? segments.listSpares() : Map.of();
    }

    /** Bytes from the start of the segment being written whose pages are there. */
    long there() {
        return current.map(KeptFile::there).orElse(0L);
    }

    /** Copies a record to that place of the segment being written, within what is there. */
    void put(long at, ByteBuffer record) {
        current.orElseThrow().put(at, record);
    }

    /** Gives their room back; others may come. */
    void giveUp() {
        list().values().forEach(Segments::delete);
        letGo(Integer.MIN_VALUE);
    }

    /** Unmaps what has been deleted, or else its pages would stay, and segments far back. */
    private void letGo(int before) {
        var each = kept.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Integer, KeptFile> next = each.next();
            boolean spare = Files.exists(segments.spare(next.getKey()));
            boolean segment = Files.exists(segments.file(next.getKey()));
            if (!spare && (!segment || next.getKey() < before)) {
                next.getValue().close();
                each.remove();
            }
        }
    }

    /** From now on no segment is used again, and there are no spares. */
    @Override
    public void close() {
        wanted = false;
        current = Optional.empty();
        kept.values().forEach(KeptFile::close);
        kept.clear();
        segments.removeSpares();
    }
}
