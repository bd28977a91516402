package org.plateau.replay;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.plateau.message.VariableDescriptor;

/** Files as one stream of records, in the order of model time whatever the files' order. */
public final class Replay implements AutoCloseable {
    private final List<FileRecords> files = new ArrayList<>();

    /**
     * Opens all files, before anything is made of any.
     *
     * @throws IllegalArgumentException for the first that cannot be opened as netCDF, or that
     *     counts its steps anew: nobody knows then which of two outputs comes first
     */
    public Replay(List<Path> paths) {
        try {
            for (Path path : paths) {
                files.add(new FileRecords(path));
            }
            expectCountsThatGoOn();
        } catch (IllegalArgumentException e) {
            close();
            throw e;
        }
    }

    private void expectCountsThatGoOn() {
        List<FileRecords> counting =
                files.stream().filter(FileRecords::counting).filter(f -> f.records() > 0).toList();
        for (FileRecords file : counting) {
            for (FileRecords other : counting) {
                if (file != other
                        && !Collections.disjoint(file.fields(), other.fields())
                        && other.seconds(0) <= file.seconds(0)
                        && other.seconds(other.records() - 1) >= file.seconds(0)) {
                    throw new IllegalArgumentException(
                            file.path()
                                    + ": expected steps that are counted on from those of "
                                    + other.path()
                                    + ", found one that begins at "
                                    + file.seconds(0)
                                    + " again; give them times that go on (cdo settaxis), or"
                                    + " replay one at a time");
                }
            }
        }
    }

    private record Place(double seconds, int file, int record) {}

    /** The variables that have a record per time, of all files. */
    public List<VariableDescriptor> variables() {
        return files.stream().flatMap(file -> file.variables().stream()).toList();
    }

    /** How many times the files hold together. */
    public int outputs() {
        return (int)
                files.stream()
                        .flatMapToDouble(
                                file ->
                                        DoubleStream.iterate(0, r -> r < file.records(), r -> r + 1)
                                                .map(r -> file.seconds((int) r)))
                        .distinct()
                        .count();
    }

    /**
     * Reads everything.
     *
     * @param to takes each record; valid during the call
     * @param between called after the records of a time, for work that shall keep up with the files
     * @throws ReplayException for the first file that cannot be read to its end
     */
    public void run(Consumer<ByteBuffer> to, Runnable between) {
        files.forEach(file -> file.coordinates(to));
        for (Place place : order()) {
            FileRecords file = files.get(place.file);
            file.record(place.record, to);
            if (place.record == file.records() - 1) {
                file.end(to);
            }
            between.run();
        }
    }

    private List<Place> order() {
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

    @Override
    public void close() {
        files.forEach(FileRecords::close);
    }
}
