package org.plateau.classify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.metrics.Measured;
import org.plateau.metrics.Metrics;
import org.plateau.network.Classification;
import org.plateau.network.DeviceBatch;
import org.plateau.network.Devices;
import org.plateau.network.Workers;

/**
 * Hands maps to the devices. What surrounds the engine is done beside it: a step's maps are encoded
 * and measured as it comes in, and labels are made of what the engine has computed, by the workers.
 *
 * <p>The devices compute one batch while the next one waits for them, so that they never wait for
 * this thread; what comes in meanwhile gathers in a third. So a batch is a single step as long as
 * there is no more to do, and grows up to what a batch may hold when the engine is what is waited
 * for. Steps come back in the order in which they went in. The caller is one thread.
 */
final class Labelling implements AutoCloseable {
    /** Batches that the devices have at once: one that they compute, one that waits for them. */
    private static final int GIVEN = 2;

    private final Devices devices;
    private final PlanetScales scales;
    private final int batch;
    private final Workers workers;
    private final Deque<Filled> given = new ArrayDeque<>();
    private final Deque<DeviceBatch> free = new ArrayDeque<>();
    private Filled open;
    private int waiting;
    private int steps;

    /** A step whose maps have the places from {@code first} on. */
    private record Placed(PreparedStep step, int first, Measured[] measured) {}

    /** A batch and the steps that are in it. */
    private record Filled(DeviceBatch batch, List<Placed> steps) {}

    /**
     * @param batch most maps given to one device at once, unless a single step has more
     */
    Labelling(Devices devices, PlanetScales scales, int batch, Workers workers) {
        this.workers = workers;
        this.devices = devices;
        this.scales = scales;
        this.batch = batch;
    }

    /** Encodes and measures the maps of a step, and gives them to the devices when those want. */
    void add(PreparedStep step) {
        int[] levels = step.levels().toArray();
        if (open != null && !open.batch.fits(levels)) {
            give();
        }
        if (open == null) {
            open = new Filled(room(levels), new ArrayList<>());
        }
        DeviceBatch into = open.batch;
        List<LevelMap> maps = step.present();
        int first = into.add(levels);
        Measured[] measured = new Measured[maps.size()];
        workers.each(
                maps.size(),
                n -> {
                    into.put(first + n, maps.get(n), scales);
                    measured[n] = Measured.of(maps.get(n), scales);
                });
        open.steps.add(new Placed(step, first, measured));
        waiting += levels.length;
        steps++;
        keepBusy();
    }

    /** An empty batch that has room for such a step. */
    private DeviceBatch room(int[] levels) {
        for (int k = free.size(); k > 0; k--) {
            DeviceBatch used = free.poll();
            if (used.fits(levels)) {
                return used;
            }
            used.close();
        }
        return devices.batch(Math.max(batch, levels.length));
    }

    private void keepBusy() {
        if (open != null && given.size() < GIVEN) {
            give();
        }
    }

    private void give() {
        devices.start(open.batch);
        given.add(open);
        open = null;
    }

    /** Whether so much waits that reading on would only fill the memory. */
    boolean full() {
        return waiting >= (GIVEN + 1) * batch * devices.size() || steps >= 256;
    }

    boolean idle() {
        return given.isEmpty() && open == null;
    }

    /** Steps that are not finished, oldest first. */
    List<PreparedStep> unfinished() {
        List<PreparedStep> all = new ArrayList<>();
        given.forEach(filled -> filled.steps.forEach(placed -> all.add(placed.step)));
        if (open != null) {
            open.steps.forEach(placed -> all.add(placed.step));
        }
        return all;
    }

    /**
     * Steps whose labels have come.
     *
     * @param millis how long to wait for the ones under way
     */
    List<LabelledMaps> poll(long millis) {
        keepBusy();
        Filled oldest = given.peek();
        try {
            if (oldest == null || !oldest.batch.await(millis)) {
                return List.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        given.remove();
        keepBusy();
        List<LabelledMaps> done = new ArrayList<>();
        for (Placed placed : oldest.steps) {
            done.add(labelled(placed, oldest.batch));
            waiting -= placed.measured.length;
            steps--;
        }
        oldest.batch.clear();
        free.add(oldest.batch);
        return done;
    }

    private LabelledMaps labelled(Placed placed, DeviceBatch from) {
        int count = placed.measured.length;
        Classification[] labels = new Classification[count];
        double[][] metrics = new double[count][];
        workers.each(
                count,
                n -> {
                    labels[n] = from.label(placed.first + n);
                    metrics[n] = Metrics.values(placed.measured[n].labelled(labels[n]));
                });
        return new LabelledMaps(placed.step, List.of(labels), List.of(metrics));
    }

    @Override
    public void close() {
        devices.close();
        given.forEach(filled -> filled.batch.close());
        free.forEach(DeviceBatch::close);
        if (open != null) {
            open.batch.close();
        }
    }
}
