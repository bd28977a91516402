package org.plateau.classify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.plateau.field.LevelMap;
import org.plateau.results.MapHistory;
import org.plateau.results.ResultsLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the maps of past times on a thread of its own. A live run does not wait for it: maps that
 * come while the disk is behind are not kept, which it says. A replay does wait, so that it keeps
 * the same maps whenever it is made. Called by one thread.
 */
final class MapKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MapKeeper.class);

    /** Outputs; several batches of them may come out of the labelling in a row. */
    private static final int WAITING = 16;

    private final Path directory;
    private final long bytes;
    private final ThreadPoolExecutor thread;
    private final AtomicLong passedOver = new AtomicLong();
    private volatile boolean failed;
    private MapHistory history;

    /**
     * @param bytes that the file of the maps may take; 0: none are kept
     * @param live whether a model is running that must not be kept waiting
     */
    MapKeeper(Path directory, long bytes, boolean live) {
        this.directory = directory;
        this.bytes = bytes;
        thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        work -> {
                            Thread made = new Thread(work, "map-history");
                            made.setDaemon(true);
                            return made;
                        },
                        live ? (task, full) -> passOver() : MapKeeper::await);
    }

    private static void await(Runnable task, ThreadPoolExecutor thread) {
        try {
            thread.getQueue().put(task);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passOver() {
        if (passedOver.getAndIncrement() == 0) {
            LOG.warn("maps of past times: the disk is behind, some outputs are not kept");
        }
    }

    /**
     * Takes the maps of an output.
     *
     * @param output its number, from 0
     * @param time in the results' units
     * @param maps of every level, null where there is a gap
     */
    void put(ResultsLayout layout, int output, double time, List<LevelMap> maps) {
        if (bytes > 0 && !failed) {
            thread.execute(() -> keep(layout, output, time, maps));
        }
    }

    private void keep(ResultsLayout layout, int output, double time, List<LevelMap> maps) {
        try {
            if (history == null) {
                history = new MapHistory(directory, bytes, layout);
            }
            history.put(output, time, maps);
        } catch (IOException | RuntimeException e) {
            failed = true;
            LOG.warn("maps of past times are not kept any more: {}", e.getMessage());
        }
    }

    /** Outputs whose maps are not kept because the disk was behind. */
    long passedOver() {
        return passedOver.get();
    }

    @Override
    public void close() {
        thread.shutdown();
        if (passedOver.get() > 0) {
            LOG.warn(
                    "maps of past times: outputs not kept, as the disk was behind: {}", passedOver);
        }
        try {
            if (thread.awaitTermination(10, TimeUnit.SECONDS) && history != null) {
                history.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("maps of past times: {}", e.getMessage());
        }
    }
}
