package org.plateau.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The processors that label together, such as the GPUs of a node, an engine on each.
 *
 * <p>They share the levels: of {@code n} devices, device {@code k} labels the levels {@code k},
 * {@code k + n}, {@code k + 2n} ... of every output, counted from 0 in the results' order. So the
 * series of a level never mixes devices, and what a map is labelled does not depend on which device
 * was free. Journal, results, verdicts and run control are those of the one process that holds
 * them.
 *
 * <p>Called by one thread; every engine computes on one of its own, batch after batch, without
 * waiting for the others.
 */
public final class Devices implements AutoCloseable {
    private final List<Engine> engines;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final long[] labelled;

    public Devices(List<Engine> engines) {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("expected at least one engine, found none");
        }
        this.engines = List.copyOf(engines);
        labelled = new long[engines.size()];
        for (int k = 0; k < engines.size(); k++) {
            String name = "device-" + k;
            threads.add(Executors.newSingleThreadExecutor(work -> daemon(work, name)));
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Opens an engine on each device that the settings name.
     *
     * @throws IllegalArgumentException if one of them does not work here; the message says why
     */
    public static Devices open(NetworkSettings settings) {
        List<Engine> opened = new ArrayList<>();
        try {
            for (NetworkSettings one : settings.byDevice()) {
                opened.add(Engines.open(one));
            }
            return new Devices(opened);
        } catch (RuntimeException e) {
            opened.forEach(Engine::close);
            throw e;
        }
    }

    public int size() {
        return engines.size();
    }

    /**
     * Room for maps on their way through the devices.
     *
     * @param each how many of them a device may get
     */
    public DeviceBatch batch(int each) {
        return new DeviceBatch(engines.stream().map(engine -> engine.batch(each)).toList(), each);
    }

    /** Has a batch computed behind those that were given before. */
    public void start(DeviceBatch batch) {
        List<Future<?>> parts = new ArrayList<>();
        for (int k = 0; k < engines.size(); k++) {
            int device = k;
            labelled[k] += batch.count(k);
            parts.add(threads.get(k).submit(() -> batch.run(device)));
        }
        batch.running(parts);
    }

    /** Maps that each device has labelled so far. */
    public long[] labelled() {
        return labelled.clone();
    }

    /** One line: which engine on which device, why, and how several share the levels. */
    public String description() {
        String all = joined(Engine::description, "; ");
        return engines.size() == 1
                ? all
                : engines.size()
                        + " devices, level k on device k modulo "
                        + engines.size()
                        + ": "
                        + all;
    }

    /** What the results record about how they were computed; what differs is listed. */
    public Engine.Provenance provenance() {
        return new Engine.Provenance(
                joined(e -> e.provenance().network(), ","),
                joined(e -> e.provenance().engine(), ","),
                engines.stream().map(e -> e.provenance().device()).collect(Collectors.joining(",")),
                joined(e -> e.provenance().natives(), ","),
                engines.get(0).provenance().threads());
    }

    private String joined(Function<Engine, String> what, String between) {
        return engines.stream().map(what).distinct().collect(Collectors.joining(between));
    }

    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService thread : threads) {
                if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                    return; // it still computes: what it uses must stay
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        engines.forEach(Engine::close);
    }
}
