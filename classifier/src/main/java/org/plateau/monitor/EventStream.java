package org.plateau.monitor;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Server-sent events: the status whenever it changes, and how many outputs there are. */
final class EventStream {
    private static final long HEARTBEAT_MS = 10_000;

    private final Live live;
    private final int most;
    private final Semaphore places;
    private volatile boolean open = true;

    EventStream(Live live, int viewers) {
        this.live = live;
        this.most = viewers;
        this.places = new Semaphore(viewers);
    }

    int viewers() {
        return most - places.availablePermits();
    }

    void close() {
        open = false;
    }

    /** Serves one viewer until it goes away. */
    void serve(Exchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            exchange.refuse(503);
            return;
        }
        try {
            exchange.begin("text/event-stream");
            follow(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void follow(Exchange exchange) throws IOException, InterruptedException {
        exchange.send("retry: 2000\n\n");
        long seen = -1;
        while (open) {
            Snapshot now = live.after(seen, HEARTBEAT_MS);
            if (now.number() > seen) {
                exchange.send(now.event());
                seen = now.number();
            } else {
                exchange.send(": still here\n\n");
            }
        }
    }
}
