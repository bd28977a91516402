package org.plateau.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.plateau.results.RunView;

/** The running web monitor of one run directory. */
public final class Monitor implements AutoCloseable {
    private final WebServer server;
    private final ScheduledExecutorService reader;
    private final EventStream events;
    private final Token token;
    private final AddressFile address;
    private boolean announced;

    private Monitor(Path runDirectory, MonitorSettings settings, Actions actions, Saliency saliency)
            throws IOException {
        token = TokenFile.load(runDirectory.resolve(AddressFile.TOKEN));
        address = new AddressFile(runDirectory);
        ThreadGroup all = new ThreadGroup("monitor");
        Pace pace = new Pace(System::nanoTime, new Effort(all));
        Live live = new Live(new RunView(runDirectory), pace);
        events = new EventStream(live, settings.viewers());
        Routes routes = new Routes(token, live, events, new Maps(runDirectory, saliency), actions);
        server = WebServer.start(settings, address.earlierPort(), routes, all);
        reader = Executors.newSingleThreadScheduledExecutor(task -> daemon(all, task));
        reader.scheduleWithFixedDelay(() -> quietly(live), 0, 1, TimeUnit.SECONDS);
    }

    /**
     * Starts to serve on 127.0.0.1 or a Unix domain socket. The token is kept in {@code
     * monitor.token} of the run directory (mode 0600), so that open pages survive a restart.
     *
     * @param saliency null if nobody can tell where the network looked
     * @throws IOException if the port or the socket is taken or the token's file cannot be used
     */
    public static Monitor start(
            Path runDirectory, MonitorSettings settings, Actions actions, Saliency saliency)
            throws IOException {
        return new Monitor(runDirectory, settings, actions, saliency);
    }

    /**
     * Writes the whole address into {@code monitor.url} of the run directory (mode 0600). A crash
     * leaves it there, and the next monitor takes the same port if it is free; {@link #close}, and
     * the end of the process by a signal, remove it with the token.
     */
    public void announce() throws IOException {
        address.write(url(), server.socket());
        announced = true;
        Runtime.getRuntime().addShutdownHook(new Thread(this::forget, "monitor-address"));
    }

    private synchronized void forget() {
        if (announced) {
            announced = false;
            address.remove(url());
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

    private static Thread daemon(ThreadGroup group, Runnable task) {
        Thread thread = new Thread(group, task, "monitor-reader");
        thread.setDaemon(true);
        return thread;
    }

    /** The port on 127.0.0.1; -1 if only a socket is served. */
    public int port() {
        return server.port();
    }

    /**
     * The address to open, with the token behind the {@code #}, which browsers keep to themselves.
     * For a socket it names the port that {@link AddressFile#TUNNEL_PORT the tunnel} ends at.
     */
    public String url() {
        int port = server.port() < 0 ? AddressFile.TUNNEL_PORT : server.port();
        return "http://127.0.0.1:" + port + "/#token=" + token.reveal();
    }

    /** What to type elsewhere to reach the page, without the host's name. */
    public String tunnel() {
        return AddressFile.tunnel(server.port(), server.socket());
    }

    @Override
    public void close() {
        events.close();
        reader.shutdownNow();
        server.close();
        forget();
    }
}
