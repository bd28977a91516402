package org.plateau.classify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plateau.results.LevelFields;
import org.plateau.results.Results;
import org.plateau.results.ResultsException;
import org.plateau.results.ResultsLayout;
import org.plateau.results.ResultsReader;
import org.plateau.results.ResultsRow;
import org.plateau.results.ResultsWriter;

/**
 * {@code results.nc} as the classifier keeps it: made anew at start of what the journal holds,
 * under another name until it is whole. One thread.
 */
final class ResultsFile implements AutoCloseable {
    private final ResultsWriter writer;

    /** Of each level, not in the file yet. */
    private final Map<Integer, LevelFields> latest = new TreeMap<>();

    private ResultsFile(ResultsWriter writer) {
        this.writer = writer;
    }

    /**
     * Makes the file, and takes the latest maps of the one that it replaces.
     *
     * @param rows that it begins with
     */
    static ResultsFile create(
            Path directory, ResultsLayout layout, List<ResultsRow> rows, RunVerdicts verdicts)
            throws IOException {
        Path path = directory.resolve("results.nc");
        Path next = directory.resolve("results.nc.new");
        ResultsFile file = new ResultsFile(ResultsWriter.create(next, layout));
        for (int i = 0; i < rows.size(); i++) {
            file.writer.put(i, rows.get(i));
        }
        file.copyMaps(path, layout);
        file.flush(verdicts);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    private void copyMaps(Path from, ResultsLayout layout) {
        if (!Files.exists(from)) {
            return;
        }
        Results.LatestMaps maps;
        try {
            Results old = ResultsReader.read(from);
            maps = Arrays.equals(old.pressure(), layout.pressure()) ? old.maps() : null;
        } catch (ResultsException e) {
            return; // a file that cannot be read has no maps to save
        }
        for (int level = 0; maps != null && level < layout.levels(); level++) {
            if (maps.has(level)) {
                writer.put(
                        new LevelFields(
                                level,
                                maps.time()[level],
                                maps.temperature()[level],
                                maps.u()[level],
                                maps.v()[level]));
            }
        }
    }

    /**
     * Puts an output's row, new or once more.
     *
     * @param maps which are in the file with the next {@link #flush}
     */
    void put(int at, ResultsRow row, List<LevelFields> maps) {
        writer.put(at, row);
        maps.forEach(map -> latest.put(map.level(), map));
    }

    /** Replaces the column's part of a row. */
    void put(int at, ResultsRow.Column column) {
        writer.put(at, column);
    }

    /** Brings everything to where readers see it, with what is known of the steady parts. */
    void flush(RunVerdicts verdicts) {
        latest.values().forEach(writer::put);
        latest.clear();
        writer.put(verdicts.levels().steady());
        writer.put(verdicts.columnMetrics(), verdicts.columnSteady());
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }
}
