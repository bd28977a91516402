package org.plateau.monitor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events: the status whenever it changes, and how many outputs there are. Each event is
 * rendered and packed once and the same bytes go to all who follow.
 */
final class EventStream {
    private static final long HEARTBEAT_MS = 10_000;
    private static final Event START = Event.of(-1, "retry: 2000\n\n");
    private static final Event HEARTBEAT = Event.of(-1, ": still here\n\n");

    private final Live live;
    private final int most;
    private final Semaphore places;
    private volatile boolean open = true;
    private Event latest = START;

    /** A piece of the stream as it is sent, to those who unpack and to those who do not. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Event(long number, byte[] plain, byte[] packed) {
        static Event of(long number, String text) {
            return new Event(number, text.getBytes(StandardCharsets.UTF_8), PackedText.piece(text));
        }
    }

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
            boolean packed = exchange.acceptsGzip();
            exchange.begin("text/event-stream", packed);
            if (packed) {
                exchange.send(PackedText.head());
            }
            follow(exchange, packed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void follow(Exchange exchange, boolean packed)
            throws IOException, InterruptedException {
        send(exchange, packed, START);
        long seen = -1;
        while (open) {
            Snapshot now = live.after(seen, HEARTBEAT_MS);
            send(exchange, packed, now.number() > seen ? event(now) : HEARTBEAT);
            seen = now.number();
        }
    }

    private static void send(Exchange exchange, boolean packed, Event event) throws IOException {
        exchange.send(packed ? event.packed : event.plain);
    }

    private synchronized Event event(Snapshot now) {
        if (now.number() > latest.number) {
            latest = Event.of(now.number(), now.event());
        }
        return latest; // or one that is later still
    }
}
