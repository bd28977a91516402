package org.plateau.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/**
 * The processors that label together, such as the GPUs of a node, an engine on each.
 *
 * <p>They share the levels: of {@code n} devices, device {@code k} labels the levels {@code k},
 * {@code k + n}, {@code k + 2n} ... of every output, counted from 0 in the results' order. So the
 * series of a level never mixes devices, and what a map is labelled does not depend on which device
 * was free. Journal, results, verdicts and run control are those of the one process that holds
 * them, which waits for the slowest.
 *
 * <p>{@link #classify} is called by one thread; every engine is called by one of its own.
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
     * Classifies maps, each on the device that its level belongs to.
     *
     * @param levels of the maps, as indices into the results' levels
     * @return one classification per map, in the same order
     */
    public List<Classification> classify(int[] levels, List<LevelMap> maps, PlanetScales scales) {
        List<Future<List<Classification>>> parts = new ArrayList<>();
        for (int k = 0; k < engines.size(); k++) {
            Engine engine = engines.get(k);
            List<LevelMap> share = share(k, levels, maps);
            labelled[k] += share.size();
            parts.add(threads.get(k).submit(() -> engine.classify(share, scales)));
        }
        int[] next = new int[engines.size()];
        List<List<Classification>> labels = parts.stream().map(Devices::get).toList();
        return Arrays.stream(levels)
                .map(level -> level % engines.size())
                .mapToObj(k -> labels.get(k).get(next[k]++))
                .toList();
    }

    private List<LevelMap> share(int device, int[] levels, List<LevelMap> maps) {
        List<LevelMap> share = new ArrayList<>();
        for (int n = 0; n < levels.length; n++) {
            if (levels[n] % engines.size() == device) {
                share.add(maps.get(n));
            }
        }
        return share;
    }

    private static List<Classification> get(Future<List<Classification>> part) {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while labelling", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
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
        engines.forEach(Engine::close);
    }
}
