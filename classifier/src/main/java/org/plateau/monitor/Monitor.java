package org.plateau.monitor;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.plateau.results.RunView;

/** The running web monitor of one run directory. */
public final class Monitor implements AutoCloseable {
    private static final int ORDINARY_REQUESTS = 8;
    private static final int WAITING_CONNECTIONS = 64;

    private final HttpServer server;
    private final ExecutorService requests;
    private final ScheduledExecutorService reader;
    private final EventStream events;
    private final Token token;

    private Monitor(
            HttpServer server, MonitorSettings settings, Live live, Actions actions, Token token) {
        this.server = server;
        this.token = token;
        this.events = new EventStream(live, settings.viewers());
        this.requests =
                Executors.newFixedThreadPool(
                        settings.viewers() + ORDINARY_REQUESTS, daemon("monitor-request"));
        this.reader = Executors.newSingleThreadScheduledExecutor(daemon("monitor-reader"));
        server.setExecutor(requests);
        server.createContext("/", new Routes(token, live, events, actions));
        reader.scheduleWithFixedDelay(() -> quietly(live), 0, 1, TimeUnit.SECONDS);
        server.start();
    }

    /**
     * Starts to serve on 127.0.0.1. The token is kept in {@code monitor.token} of the run directory
     * (mode 0600), so that open pages survive a restart; the whole address stands in {@code
     * monitor.url} beside it.
     *
     * @throws IOException if the port is taken or the token's file cannot be used
     */
    public static Monitor start(Path runDirectory, MonitorSettings settings, Actions actions)
            throws IOException {
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxReqHeaders", "64");
        limit("jdk.httpserver.maxConnections", Integer.toString(settings.viewers() * 4 + 64));
        Token token = TokenFile.load(runDirectory.resolve("monitor.token"));
        InetSocketAddress address =
                new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), settings.port());
        HttpServer server;
        try {
            server = HttpServer.create(address, WAITING_CONNECTIONS);
        } catch (java.net.BindException e) {
            throw new IOException(
                    "monitor.port: expected a free port on 127.0.0.1, found "
                            + settings.port()
                            + " taken; choose another or 0",
                    e);
        }
        Live live = new Live(new RunView(runDirectory));
        Monitor monitor = new Monitor(server, settings, live, actions, token);
        TokenFile.writeAddress(runDirectory.resolve("monitor.url"), monitor.url());
        return monitor;
    }

    /** Limits of the JDK's server, unless the user has set them. */
    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** A failed look is tried again a second later. */
    private static void quietly(Live live) {
        try {
            live.step();
        } catch (RuntimeException e) {
            System.Logger logger = System.getLogger(Monitor.class.getName());
            logger.log(System.Logger.Level.DEBUG, "run directory not readable now", e);
        }
    }

    private static java.util.concurrent.ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * The address to open, with the token behind the {@code #}, which browsers keep to themselves.
     */
    public String url() {
        return "http://127.0.0.1:" + port() + "/#token=" + token.reveal();
    }

    @Override
    public void close() {
        events.close();
        reader.shutdownNow();
        requests.shutdownNow();
        server.stop(0);
    }
}
