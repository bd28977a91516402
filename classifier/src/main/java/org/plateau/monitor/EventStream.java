package org.plateau.monitor;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
    void serve(HttpExchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            Reply.refuse(exchange, 503);
            return;
        }
        try {
            Reply.headers(exchange, "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            follow(exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
            exchange.close();
        }
    }

    private void follow(OutputStream out) throws IOException, InterruptedException {
        send(out, "retry: 2000\n\n");
        long seen = -1;
        while (open) {
            Snapshot now = live.after(seen, HEARTBEAT_MS);
            if (now.number() > seen) {
                send(
                        out,
                        "event: status\nid: "
                                + now.number()
                                + "\ndata: {\"outputs\":"
                                + now.outputs()
                                + ",\"status\":"
                                + now.statusJson()
                                + "}\n\n");
                seen = now.number();
            } else {
                send(out, ": still here\n\n");
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
