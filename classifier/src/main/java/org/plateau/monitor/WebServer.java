package org.plateau.monitor;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, kept small: one protocol, limits on everything, loopback or a socket file only. */
final class WebServer implements AutoCloseable {
    private static final int OTHER_THREADS = 12;
    private static final int LARGEST_HEAD = 8192;
    private static final long IDLE_MS = 30_000;

    private final Server server;
    private final ServerConnector port;
    private final SocketFile socket;
    private int number = -1;

    private WebServer(Server server, ServerConnector port, SocketFile socket) {
        this.server = server;
        this.port = port;
        this.socket = socket;
    }

    /**
     * Starts to serve.
     *
     * @param preferred port to take if the settings leave the choice and it is free; 0: none
     * @param group of the threads that serve
     * @throws IOException if the port or the socket cannot be had; the message says what to do
     */
    static WebServer start(
            MonitorSettings settings, int preferred, Handler handler, ThreadGroup group)
            throws IOException {
        if (settings.port() == 0 && preferred > 0) {
            try {
                return start(settings.onPort(preferred), handler, group);
            } catch (IOException e) {
                return start(settings, handler, group); // somebody else has it now
            }
        }
        return start(settings, handler, group);
    }

    private static WebServer start(MonitorSettings settings, Handler handler, ThreadGroup group)
            throws IOException {
        QueuedThreadPool threads =
                new QueuedThreadPool(
                        settings.viewers() + OTHER_THREADS, 2, (int) IDLE_MS, 0, null, group);
        threads.setName("monitor");
        threads.setDaemon(true);
        Server server = new Server(threads);
        server.setStopTimeout(0);
        server.setHandler(handler);
        server.setErrorHandler(
                (request, response, callback) -> {
                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                    byte[] said = ("{\"error\":" + response.getStatus() + "}").getBytes();
                    response.write(true, java.nio.ByteBuffer.wrap(said), callback);
                    return true;
                });
        ServerConnector port = settings.port() < 0 ? null : loopback(server, settings.port());
        SocketFile socket = settings.socket().isEmpty() ? null : new SocketFile(settings.socket());
        List<Connector> connectors = new ArrayList<>();
        if (port != null) {
            connectors.add(port);
        }
        if (socket != null) {
            connectors.add(onSocket(server, socket.binding()));
        }
        connectors.forEach(server::addConnector);
        server.addBean(
                new NetworkConnectionLimit(
                        settings.viewers() * 4 + 64, connectors.toArray(Connector[]::new)));
        WebServer made = new WebServer(server, port, socket);
        made.open(settings);
        return made;
    }

    private void open(MonitorSettings settings) throws IOException {
        try {
            server.start();
            number = port == null ? -1 : port.getLocalPort();
            if (socket != null) {
                socket.publish();
            }
        } catch (Exception e) {
            close();
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw new IOException(
                        "monitor: expected a free port on 127.0.0.1"
                                + (socket == null ? "" : " and a socket that can be made")
                                + ", found "
                                + (port == null ? settings.socket() : settings.port())
                                + " taken; choose another (port 0: any)",
                        e);
            }
            throw new IOException("monitor: could not start to serve: " + e.getMessage(), e);
        }
    }

    private static ServerConnector loopback(Server server, int number) {
        ServerConnector connector = new ServerConnector(server, 1, 1, http());
        connector.setHost("127.0.0.1");
        connector.setPort(number);
        connector.setIdleTimeout(IDLE_MS);
        return connector;
    }

    private static UnixDomainServerConnector onSocket(Server server, Path path) {
        UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 1, 1, http());
        connector.setUnixDomainPath(path);
        connector.setIdleTimeout(IDLE_MS);
        return connector;
    }

    private static HttpConnectionFactory http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(LARGEST_HEAD);
        http.setPersistentConnectionsEnabled(true);
        return new HttpConnectionFactory(http);
    }

    /** The port on 127.0.0.1; -1 if there is none. */
    int port() {
        return number;
    }

    /** The socket's file; null if there is none. */
    Path socket() {
        return socket == null ? null : socket.path();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            System.Logger logger = System.getLogger(WebServer.class.getName());
            logger.log(System.Logger.Level.DEBUG, "the monitor did not stop well", e);
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
    }
}
