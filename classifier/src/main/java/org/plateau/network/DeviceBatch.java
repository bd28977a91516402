package org.plateau.network;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/**
 * Maps on their way through the devices, each in a place of the device that its level belongs to.
 * Places are taken by one thread, the maps put there by any; the same holds for the labels once the
 * devices are done.
 */
public final class DeviceBatch implements AutoCloseable {
    private final List<MapBatch> parts;
    private final int each;
    private final int[] counts;

    /** Per place: which device's, and which of its. */
    private int[] device = new int[0];

    private int[] at = new int[0];
    private int size;
    private List<Future<?>> running = List.of();

    /**
     * @param parts of each device
     * @param each how many maps a part holds
     */
    DeviceBatch(List<MapBatch> parts, int each) {
        this.parts = parts;
        this.each = each;
        counts = new int[parts.size()];
    }

    /** Maps in it. */
    public int size() {
        return size;
    }

    /**
     * Whether there is room for maps of those levels.
     *
     * @param levels as indices into the results' levels
     */
    public boolean fits(int[] levels) {
        int[] then = counts.clone();
        for (int level : levels) {
            if (++then[level % then.length] > each) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes places for maps of those levels, which there must be room for.
     *
     * @return the first of them; the others follow it
     */
    public int add(int[] levels) {
        int first = size;
        device = Arrays.copyOf(device, first + levels.length);
        at = Arrays.copyOf(at, first + levels.length);
        for (int level : levels) {
            device[size] = level % counts.length;
            at[size] = counts[device[size]]++;
            size++;
        }
        return first;
    }

    /** Encodes a map into its place. Any thread; each place is one thread's. */
    public void put(int place, LevelMap map, PlanetScales scales) {
        parts.get(device[place]).put(at[place], map, scales);
    }

    /** How many maps are for a device. */
    int count(int of) {
        return counts[of];
    }

    void run(int of) {
        if (counts[of] > 0) {
            parts.get(of).run(counts[of]);
        }
    }

    void running(List<Future<?>> on) {
        running = on;
    }

    /**
     * Waits until all devices are done with it.
     *
     * @return whether they are
     * @throws IllegalStateException what a device has failed of
     */
    public boolean await(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (Future<?> part : running) {
                part.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("engine: " + e.getCause().getMessage(), e.getCause());
        }
        return true;
    }

    /** The label of a map, once it is computed. Any thread. */
    public Classification label(int place) {
        return parts.get(device[place]).label(at[place]);
    }

    /** Makes it ready for other maps. */
    public void clear() {
        parts.forEach(MapBatch::clear);
        Arrays.fill(counts, 0);
        size = 0;
        running = List.of();
    }

    @Override
    public void close() {
        parts.forEach(MapBatch::close);
    }
}
