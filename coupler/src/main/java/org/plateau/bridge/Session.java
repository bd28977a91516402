package org.plateau.bridge;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session directory: the control page that writers read, and the rings that they leave. */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Path directory;
    private final Set<String> seen = new HashSet<>();
    private long handle;

    private Session(Path directory, long handle) {
        this.directory = directory;
        this.handle = handle;
    }

    /**
     * Makes a new session, mode 0700.
     *
     * @throws BridgeException if the directory exists already or cannot be made
     */
    public static Session create(Path directory, HookSettings settings) {
        Path absolute = directory.toAbsolutePath();
        long handle =
                Native.createSession(
                        absolute.toString(),
                        settings.ringBytes(),
                        settings.sharedBytes(),
                        settings.longestWait().toNanos(),
                        settings.recordStride(),
                        String.join("\n", settings.variables()),
                        String.join("\n", settings.dimensions()));
        return new Session(absolute, handle);
    }

    /**
     * Opens a session made elsewhere.
     *
     * @throws BridgeException if it is not there, belongs to someone else, is open to others, or is
     *     not a session of this version
     */
    public static Session open(Path directory) {
        Path absolute = directory.toAbsolutePath();
        return new Session(absolute, Native.openSession(absolute.toString()));
    }

    public Path directory() {
        return directory;
    }

    /**
     * Makes rings before the writers start, so that their memory is reserved, cleared and charged
     * here and not inside the model's first write. As many as there is room for; a line is logged
     * if that is fewer. Each goes to one writer; a writer that finds none makes its own.
     *
     * @param writers how many are expected, 0 or more
     */
    public void prepareRings(int writers) {
        requireOpen();
        String shortage = Native.prepareRings(handle, directory.toString(), writers);
        if (shortage != null) {
            LOG.warn(shortage);
        }
    }

    /**
     * The rings that appeared since the last call, in the order of their names. One that cannot be
     * read is logged and passed over.
     */
    public List<Ring> newRings() {
        requireOpen();
        sweep();
        List<Ring> rings = new ArrayList<>();
        for (Path path : unseen()) {
            seen.add(path.getFileName().toString());
            try {
                rings.add(MappedRing.open(path, handle));
            } catch (BridgeException e) {
                LOG.warn("{}; what it held is lost", e.getMessage());
            }
        }
        return rings;
    }

    /** A writer may die before it has named the ring it took or made; its memory is given back. */
    private void sweep() {
        for (Path nameless : list(".{claim,ring}.*")) {
            if (Native.sweep(handle, nameless.toString())) {
                LOG.warn("{}: its writer died before its first record; it is removed", nameless);
            }
        }
    }

    private List<Path> unseen() {
        List<Path> paths = list("ring.*");
        paths.removeIf(path -> seen.contains(path.getFileName().toString()));
        paths.sort(null);
        return paths;
    }

    private List<Path> list(String glob) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            files.forEach(paths::add);
        } catch (IOException | DirectoryIteratorException e) {
            throw new BridgeException("session " + directory + " cannot be listed: " + e);
        }
        return paths;
    }

    /**
     * Waits until a writer rings the doorbell: a record was committed, or a ring was made. A ring
     * of the bell since the last {@code await} returned counts.
     *
     * @return false if the time passed first
     */
    public boolean await(long timeoutNanos) {
        requireOpen();
        return Native.await(handle, timeoutNanos);
    }

    /**
     * Whether the doorbell rang since the last {@code await} returned or this was asked last. While
     * nobody waits only new rings and ends of writers ring it. Look for new rings after the answer,
     * not before.
     */
    public boolean rung() {
        requireOpen();
        return Native.rung(handle);
    }

    /** Raises (or lowers) the flag that {@code plateau_stop_requested} shows to the model. */
    public synchronized void requestStop(boolean stop) {
        requireOpen();
        Native.requestStop(handle, stop);
    }

    public synchronized boolean stopRequested() {
        requireOpen();
        return Native.stopRequested(handle);
    }

    private void requireOpen() {
        if (handle == 0) {
            throw new IllegalStateException("session " + directory + " is closed");
        }
    }

    /** Lets go of the session; its directory and the rings stay. Close the rings first. */
    @Override
    public synchronized void close() {
        if (handle != 0) {
            Native.closeSession(handle);
            handle = 0;
        }
    }
}
