package org.plateau.replay;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Files as one stream of records, in the order of model time whatever the files' order. */
public final class Replay {
    private final List<Path> paths;

    public Replay(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    private record Place(double seconds, int file, int record) {}

    /**
     * Reads everything.
     *
     * @param to takes each record; valid during the call
     * @throws ReplayException for the first file that cannot be read
     */
    public void run(Consumer<ByteBuffer> to) {
        List<FileRecords> files = new ArrayList<>();
        try {
            for (Path path : paths) {
                files.add(new FileRecords(path));
            }
            files.forEach(file -> file.coordinates(to));
            for (Place place : order(files)) {
                FileRecords file = files.get(place.file);
                file.record(place.record, to);
                if (place.record == file.records() - 1) {
                    file.end(to);
                }
            }
        } finally {
            files.forEach(FileRecords::close);
        }
    }

    private static List<Place> order(List<FileRecords> files) {
        List<Place> places = new ArrayList<>();
        for (int f = 0; f < files.size(); f++) {
            for (int r = 0; r < files.get(f).records(); r++) {
                places.add(new Place(files.get(f).seconds(r), f, r));
            }
        }
        places.sort(
                Comparator.comparingDouble(Place::seconds)
                        .thenComparingInt(Place::file)
                        .thenComparingInt(Place::record));
        return places;
    }
}
