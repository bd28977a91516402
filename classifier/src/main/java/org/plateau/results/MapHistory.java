package org.plateau.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.plateau.field.LevelMap;

/**
 * Keeps maps of past times in {@code maps.nc}, evenly spread over the run: every output at first;
 * when the file is full every other one is dropped, and from then on every second output is kept,
 * later every fourth, and so on. One thread.
 */
public final class MapHistory implements AutoCloseable {
    private final Path file;
    private final ResultsLayout layout;
    private final int most;
    private MapFile open;

    /**
     * @param bytes that the file may take; less than two outputs' maps: none are kept
     * @param layout time units, levels and grid of the results
     */
    public MapHistory(Path directory, long bytes, ResultsLayout layout) {
        this.file = directory.resolve(MapArchive.NAME);
        this.layout = layout;
        this.most = (int) Math.min(Integer.MAX_VALUE, bytes / MapFile.bytesPerOutput(layout));
    }

    /** Outputs whose maps the file can hold. */
    public int most() {
        return most;
    }

    /**
     * Keeps the maps of an output, if its number is one of those that are kept and its time is
     * later than the last.
     *
     * @param output its number, from 0
     * @param time in the results' units
     * @param maps of every level, null where there is a gap
     */
    public void put(int output, double time, List<LevelMap> maps) throws IOException {
        if (most < 2) {
            return;
        }
        if (open == null) {
            open = MapFile.openOrCreate(file, layout);
        }
        if (output % open.stride() != 0 || !(time > open.lastTime())) {
            return;
        }
        if (open.outputs() >= most) {
            halve();
        }
        if (output % open.stride() == 0) {
            open.append(time, maps);
        }
    }

    /** Copies every other output into a new file, which then takes the place of the old one. */
    private void halve() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        MapFile half = MapFile.create(next, layout, open.stride() * 2);
        for (int at = 0; at < open.outputs(); at += 2) {
            half.copy(open, at);
        }
        open.close();
        half.close();
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        open = MapFile.openOrCreate(file, layout);
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
