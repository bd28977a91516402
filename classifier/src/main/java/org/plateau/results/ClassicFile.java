package org.plateau.results;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes values into a netCDF-3 file whose header is there already: a record by one system call,
 * and the number of records by another once the record is in the file. So the file is whole
 * whenever the process dies, and readers see whole records as it grows. One thread.
 */
final class ClassicFile implements AutoCloseable {
    private final FileChannel channel;
    private final ClassicHeader header;
    private final ByteBuffer record;
    private final ByteBuffer count = ByteBuffer.allocateDirect(Integer.BYTES);
    private int records;
    private int said;

    private ClassicFile(FileChannel channel, ClassicHeader header) {
        this.channel = channel;
        this.header = header;
        record = ByteBuffer.allocateDirect(Math.toIntExact(header.recordSize()));
        records = header.records();
        said = records;
    }

    /**
     * Opens a file for writing.
     *
     * @throws IOException if it cannot be read or is no netCDF-3 file
     */
    static ClassicFile open(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new ClassicFile(channel, ClassicHeader.read(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Records in the file, those that {@link #say} has not named yet included. */
    int records() {
        return records;
    }

    private ClassicHeader.Variable variable(String name, int bytes) {
        ClassicHeader.Variable variable = header.variables().get(name);
        if (variable == null || (bytes + 3 & ~3) > variable.size()) {
            throw new IllegalArgumentException(
                    "netCDF: expected a variable of "
                            + bytes
                            + " bytes or more, found "
                            + name
                            + ": "
                            + variable);
        }
        return variable;
    }

    /** The place of a variable in the record that {@link #write} will write. */
    private ByteBuffer place(String name, int bytes) {
        return record.slice((int) variable(name, bytes).begin(), bytes);
    }

    /** Puts the values of a record variable into the record that is being made. */
    void put(String name, float[] values) {
        place(name, Float.BYTES * values.length).asFloatBuffer().put(values);
    }

    /** Puts some values of a record variable, from element {@code at} on. */
    void put(String name, int at, float[] values) {
        int bytes = Float.BYTES * (at + values.length);
        place(name, bytes).asFloatBuffer().put(at, values);
    }

    /** Puts the values of a record variable into the record that is being made. */
    void put(String name, double... values) {
        place(name, Double.BYTES * values.length).asDoubleBuffer().put(values);
    }

    /** Puts the values of a record variable into the record that is being made. */
    void put(String name, byte... values) {
        place(name, values.length).put(values);
    }

    /** Writes the record that was made as number {@code at}: a new one, or one that is there. */
    void write(int at) throws IOException {
        write(record.clear(), position(at));
        records = Math.max(records, at + 1);
    }

    private long position(int at) {
        return header.firstRecord() + at * header.recordSize();
    }

    /** Makes the number of records known to readers. */
    void say() throws IOException {
        if (said != records) {
            write(count.clear().putInt(records).flip(), ClassicHeader.RECORDS_AT);
            said = records;
        }
    }

    /** Replaces the values of a record variable in a record that is there. */
    void replace(int at, String name, double... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
        bytes.asDoubleBuffer().put(values);
        write(bytes, position(at) + variable(name, bytes.capacity()).begin());
    }

    /** Replaces the values of a record variable in a record that is there. */
    void replace(int at, String name, byte... values) throws IOException {
        write(ByteBuffer.wrap(values), position(at) + variable(name, values.length).begin());
    }

    /** Replaces values of a variable without records, from element {@code at} on. */
    void fixed(String name, int at, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        int before = Float.BYTES * at;
        write(bytes, variable(name, before + bytes.capacity()).begin() + before);
    }

    /** Replaces values of a variable without records, from element {@code at} on. */
    void fixed(String name, int at, double... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
        bytes.asDoubleBuffer().put(values);
        int before = Double.BYTES * at;
        write(bytes, variable(name, before + bytes.capacity()).begin() + before);
    }

    /** Replaces the bytes of a variable without records. */
    void fixed(String name, byte... values) throws IOException {
        write(ByteBuffer.wrap(values), variable(name, values.length).begin());
    }

    /** Takes a record of another file of the same layout as the next one. */
    void copy(ClassicFile from, int at) throws IOException {
        if (from.header.recordSize() != header.recordSize()) {
            throw new IllegalArgumentException("netCDF: expected records of the same size");
        }
        record.clear();
        while (record.hasRemaining()) {
            if (from.channel.read(record, from.position(at) + record.position()) < 0) {
                throw new EOFException("netCDF: record " + at + " ends early");
            }
        }
        write(records);
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            say();
        } finally {
            channel.close();
        }
    }
}
