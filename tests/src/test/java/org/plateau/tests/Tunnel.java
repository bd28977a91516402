package org.plateau.tests;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a port of this machine, as ssh makes one. When it dies without a word, connections stay
 * open and nothing passes any more.
 */
final class Tunnel implements AutoCloseable {
    private final ServerSocket door;
    private final int to;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger givenUp = new AtomicInteger();
    private volatile boolean silent;

    private Tunnel(ServerSocket door, int to) {
        this.door = door;
        this.to = to;
    }

    static Tunnel to(int port) throws IOException {
        Tunnel tunnel = new Tunnel(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        tunnel.begin("door", tunnel::accept);
        return tunnel;
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on nothing passes, through whatever connection, and none is closed. */
    void fallSilent() {
        silent = true;
    }

    /** Connections that the near end closed while nothing passed. */
    int givenUp() {
        return givenUp.get();
    }

    /** Another tunnel takes the place of the silent one, whose connections end. */
    void restart() throws IOException {
        closeAll();
        silent = false;
    }

    /** Does something with connections until one of them ends. */
    private interface Work {
        void run() throws IOException;
    }

    private void begin(String name, Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                return; // one of the ends is closed
                            }
                        },
                        "tunnel-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket near = door.accept();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(near);
            open.add(far);
            begin("in", () -> pass(near, far, true));
            begin("out", () -> pass(far, near, false));
        }
    }

    private void pass(Socket from, Socket into, boolean fromNear) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = into.getOutputStream();
        byte[] bytes = new byte[8192];
        int count = in.read(bytes);
        while (count >= 0) {
            if (!silent) {
                out.write(bytes, 0, count);
            }
            count = in.read(bytes);
        }
        if (!silent) {
            into.close();
        } else if (fromNear) {
            givenUp.incrementAndGet();
        }
    }

    private void closeAll() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        door.close();
        closeAll();
    }
}
