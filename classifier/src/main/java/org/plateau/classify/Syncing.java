package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the disk has the journal, and then lets go of what it was made of. While the
 * classifier is behind it waits on a thread of its own, so that labelling goes on meanwhile. Called
 * by one thread.
 */
final class Syncing implements AutoCloseable {
    private final ResultsStore store;
    private final Inbox inbox;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread made = new Thread(work, "journal");
                        made.setDaemon(true);
                        return made;
                    });
    private Future<?> running;
    private long upTo;

    Syncing(ResultsStore store, Inbox inbox) {
        this.store = store;
        this.inbox = inbox;
    }

    /** Begins, unless it is waiting already. */
    void start() {
        look();
        if (running == null) {
            upTo = store.position() - 1;
            running =
                    thread.submit(
                            () -> {
                                store.sync();
                                return null;
                            });
        }
    }

    /** Lets go of what the disk has by now. */
    void look() {
        if (running != null && running.isDone()) {
            await();
        }
    }

    private void await() {
        try {
            running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
        running = null;
        inbox.released(upTo);
    }

    private static UncheckedIOException failed(Throwable e) {
        return new UncheckedIOException(
                "journal: " + e.getMessage(),
                e instanceof IOException io ? io : new IOException(e));
    }

    /** Waits until the disk has everything. */
    void now() {
        if (running != null) {
            await();
        }
        try {
            store.sync();
        } catch (IOException e) {
            throw failed(e);
        }
        inbox.released(store.position() - 1);
    }

    /** Waits for what is under way; what comes of it nobody wants to know any more. */
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
    }
}
