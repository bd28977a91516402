package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.Classification;
import org.plateau.network.Engine;
import org.plateau.network.MapBatch;

/** Threads of this process bound to cores by {@code taskset}. */
final class Cores {
    /** The engine's, and everything else's. */
    static final String ENGINE = "1";

    static final String REST = "0";

    private Cores() {}

    /** Why threads cannot be bound here; empty if they can. */
    static String problem() {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return "there is one core alone";
        }
        return taskset("-p", Long.toString(ProcessHandle.current().pid())) == 0
                ? ""
                : "there is no taskset";
    }

    /** Binds all threads that there are, and those that they will start. */
    static void bindAll(String cores) {
        bound("-a", "-cp", cores, Long.toString(ProcessHandle.current().pid()));
    }

    /** Binds the thread that calls. */
    static void bindThis(String core) {
        String name = Thread.currentThread().getName();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (named(task, name)) {
                    bound("-cp", core, task.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether a task that may have ended has that name, of which the kernel keeps 15 characters.
     */
    private static boolean named(Path task, String name) {
        try {
            return Files.readString(task.resolve("comm")).strip().equals(name);
        } catch (IOException e) {
            return false;
        }
    }

    /** A thread that ends while all are bound makes taskset fail: then once more. */
    private static void bound(String... arguments) {
        int code = taskset(arguments);
        for (int again = 0; code != 0 && again < 10; again++) {
            code = taskset(arguments);
        }
        if (code != 0) {
            throw new IllegalStateException(
                    "taskset " + List.of(arguments) + " ended with " + code);
        }
    }

    private static int taskset(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("taskset"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An engine whose thread is bound to its core. */
    record Bound(Engine engine, AtomicBoolean bound) implements Engine {
        Bound(Engine engine) {
            this(engine, new AtomicBoolean());
        }

        @Override
        public List<Classification> classify(List<LevelMap> batch, PlanetScales scales) {
            return engine.classify(batch, scales);
        }

        @Override
        public MapBatch batch(int maps) {
            return new BoundBatch(engine.batch(maps), bound);
        }

        @Override
        public String description() {
            return engine.description();
        }

        @Override
        public Provenance provenance() {
            return engine.provenance();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static final class BoundBatch implements MapBatch {
        private final MapBatch batch;
        private final AtomicBoolean bound;

        BoundBatch(MapBatch batch, AtomicBoolean bound) {
            this.batch = batch;
            this.bound = bound;
        }

        @Override
        public void put(int place, LevelMap map, PlanetScales scales) {
            batch.put(place, map, scales);
        }

        @Override
        public void run(int count) {
            if (bound.compareAndSet(false, true)) {
                bindThis(ENGINE);
            }
            batch.run(count);
        }

        @Override
        public Classification label(int place) {
            return batch.label(place);
        }

        @Override
        public void clear() {
            batch.clear();
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
