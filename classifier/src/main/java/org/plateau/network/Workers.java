package org.plateau.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A few threads that share out numbered tasks; the caller is one of them. Any thread may call. */
public final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService others;

    /**
     * @param threads that work at once, the caller's among them
     */
    public Workers(int threads, String name) {
        this.threads = threads;
        others =
                threads < 2
                        ? null
                        : Executors.newFixedThreadPool(
                                threads - 1,
                                work -> {
                                    Thread thread = new Thread(work, name);
                                    thread.setDaemon(true);
                                    return thread;
                                });
    }

    /**
     * Does the tasks 0 to {@code count - 1}, each once, in any order, and returns when all are
     * done.
     *
     * @throws RuntimeException what one of them threw
     */
    public void each(int count, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        Runnable share =
                () -> {
                    for (int k = next.getAndIncrement(); k < count; k = next.getAndIncrement()) {
                        task.accept(k);
                    }
                };
        List<Future<?>> helping = new ArrayList<>();
        for (int k = 1; k < Math.min(threads, count); k++) {
            helping.add(others.submit(share));
        }
        try {
            share.run();
        } finally {
            helping.forEach(Workers::await);
        }
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while classifying", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdownNow();
        }
    }
}
