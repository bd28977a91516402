package org.plateau.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongSupplier;

/**
 * A run directory seen by somebody who only reads: the latest results and status, read again when
 * the files have changed. Reading costs at most a fiftieth of the time, however long the history
 * has become. For one thread.
 */
public final class RunView {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SHARE = 50;

    private final Path directory;
    private final LongSupplier nanoTime;
    private Results results;
    private JsonNode status = MissingNode.getInstance();
    private Stamp resultsStamp = Stamp.NONE;
    private Stamp statusStamp = Stamp.NONE;
    private long notBefore = Long.MIN_VALUE;

    /** What tells that a file has changed. */
    private record Stamp(long modified, long size, Object key) {
        static final Stamp NONE = new Stamp(0, -1, "");

        static Stamp of(Path file) {
            try {
                BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        is.lastModifiedTime().toMillis(), is.size(), String.valueOf(is.fileKey()));
            } catch (IOException e) {
                return NONE;
            }
        }
    }

    public RunView(Path directory) {
        this(directory, System::nanoTime);
    }

    /** With a clock of the caller's, for tests. */
    RunView(Path directory, LongSupplier nanoTime) {
        this.directory = directory;
        this.nanoTime = nanoTime;
    }

    public Path directory() {
        return directory;
    }

    /** The results as last read; null as long as there are none. */
    public Results results() {
        return results;
    }

    /** The content of {@code status.json} as last read; a missing node if there is none. */
    public JsonNode status() {
        return status;
    }

    /** Reads what has changed; true if anything had. */
    public boolean step() {
        boolean newStatus = readStatus();
        return readResults() || newStatus;
    }

    /** The same of the status alone. */
    public boolean stepStatus() {
        return readStatus();
    }

    private boolean readStatus() {
        Path file = directory.resolve("status.json");
        Stamp now = Stamp.of(file);
        if (now.equals(statusStamp)) {
            return false;
        }
        try {
            status = now == Stamp.NONE ? MissingNode.getInstance() : JSON.readTree(file.toFile());
            statusStamp = now;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean readResults() {
        Path file = directory.resolve("results.nc");
        Stamp now = Stamp.of(file);
        long start = nanoTime.getAsLong();
        if (now.equals(resultsStamp) || now == Stamp.NONE || start < notBefore) {
            return false;
        }
        try {
            results = ResultsReader.read(file);
            resultsStamp = now;
            return true;
        } catch (ResultsException e) {
            return false;
        } finally {
            long end = nanoTime.getAsLong();
            notBefore = end + SHARE * (end - start);
        }
    }
}
