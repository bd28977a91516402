package org.plateau.classify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.metrics.Measured;
import org.plateau.metrics.Metrics;
import org.plateau.network.Classification;
import org.plateau.network.Devices;
import org.plateau.network.Workers;

/**
 * Hands maps to the devices on a thread of its own: one step at once when there is no more to do,
 * as many as a batch of each device holds when behind. Steps come back in the order in which they
 * went in. The caller is one thread.
 */
final class Labelling implements AutoCloseable {
    private final Devices devices;
    private final PlanetScales scales;
    private final int batch;
    private final Workers workers;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread t = new Thread(work, "engine");
                        t.setDaemon(true);
                        return t;
                    });
    private final Deque<LabelledMaps> ready = new ArrayDeque<>();
    private final List<LabelledMaps> underWay = new ArrayList<>();
    private Future<Judged> running;

    /** What came of the maps of a batch, in their order. */
    private record Judged(List<Classification> labels, List<double[]> metrics) {}

    private int waiting;

    /**
     * @param batch most maps given to one device at once
     */
    Labelling(Devices devices, PlanetScales scales, int batch, Workers workers) {
        this.workers = workers;
        this.devices = devices;
        this.scales = scales;
        this.batch = batch * devices.size();
    }

    void add(PreparedStep step) {
        ready.add(new LabelledMaps(step, List.of(), List.of()));
        waiting += step.present().size();
    }

    /** Whether so much waits that reading on would only fill the memory. */
    boolean full() {
        return waiting >= 2 * batch || ready.size() >= 256;
    }

    boolean idle() {
        return ready.isEmpty() && underWay.isEmpty();
    }

    /** Steps that are not finished, oldest first. */
    List<PreparedStep> unfinished() {
        List<PreparedStep> all = new ArrayList<>();
        underWay.forEach(maps -> all.add(maps.step()));
        ready.forEach(maps -> all.add(maps.step()));
        return all;
    }

    /**
     * Steps whose labels have come.
     *
     * @param millis how long to wait for the ones under way
     */
    List<LabelledMaps> poll(long millis) {
        start();
        if (running == null) {
            return List.of();
        }
        try {
            Judged judged = running.get(millis, TimeUnit.MILLISECONDS);
            running = null;
            return finished(judged);
        } catch (TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException("engine: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void start() {
        if (running != null || ready.isEmpty()) {
            return;
        }
        List<LevelMap> maps = new ArrayList<>();
        while (!ready.isEmpty()
                && (underWay.isEmpty()
                        || maps.size() + ready.peek().step().present().size() <= batch)) {
            LabelledMaps next = ready.poll();
            underWay.add(next);
            maps.addAll(next.step().present());
        }
        int[] levels = underWay.stream().flatMapToInt(m -> m.step().levels()).toArray();
        running = thread.submit(() -> judge(levels, maps));
    }

    private Judged judge(int[] levels, List<LevelMap> maps) {
        List<Classification> labels = devices.classify(levels, maps, scales);
        double[][] metrics = new double[maps.size()][];
        workers.each(
                metrics.length,
                n -> metrics[n] = Metrics.values(Measured.of(maps.get(n), scales, labels.get(n))));
        return new Judged(labels, List.of(metrics));
    }

    private List<LabelledMaps> finished(Judged judged) {
        List<LabelledMaps> done = new ArrayList<>();
        int from = 0;
        for (LabelledMaps maps : underWay) {
            int count = maps.step().present().size();
            int to = from + count;
            List<Classification> labels = List.copyOf(judged.labels.subList(from, to));
            done.add(new LabelledMaps(maps.step(), labels, judged.metrics.subList(from, to)));
            from = to;
            waiting -= count;
        }
        underWay.clear();
        start();
        return done;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        devices.close();
    }
}
