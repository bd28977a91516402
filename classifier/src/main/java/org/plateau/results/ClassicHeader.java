package org.plateau.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the variables of a netCDF-3 file stand, read from its header (NetCDF Classic Format
 * Specification, "CDF-1" and "CDF-2").
 *
 * @param records number of records that the header names
 * @param firstRecord where the first record begins, bytes from the start of the file
 * @param recordSize bytes from one record to the next
 * @param variables by name
 */
record ClassicHeader(
        int records, long firstRecord, long recordSize, Map<String, Variable> variables) {
    /** Where in a file the number of records stands: four bytes, the highest first. */
    static final int RECORDS_AT = 4;

    private static final int[] BYTES = {0, 1, 1, 2, 4, 4, 8};

    /**
     * A variable's place.
     *
     * @param record whether it has a value per record
     * @param begin bytes from the start of the file, or of the record
     * @param size bytes, of one record where it has records, padded to a multiple of four
     */
    record Variable(boolean record, long begin, long size) {}

    /**
     * Reads the header.
     *
     * @throws IOException if the file is none of this kind
     */
    static ClassicHeader read(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(file.size(), 1 << 20));
        while (head.hasRemaining() && file.read(head, head.position()) >= 0) {
            // until it is there
        }
        try {
            return read(head.flip());
        } catch (java.nio.BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw new IOException("expected the header of a netCDF-3 file, found something else");
        }
    }

    private static ClassicHeader read(ByteBuffer head) {
        int version = head.getInt() - 0x43444600;
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException();
        }
        int records = head.getInt();
        int unlimited = unlimited(head);
        attributes(head);
        Map<String, Variable> found = new LinkedHashMap<>();
        long first = Long.MAX_VALUE;
        long size = 0;
        head.getInt();
        for (int n = head.getInt(); n > 0; n--) {
            String name = text(head);
            Variable variable = variable(head, version, unlimited);
            found.put(name, variable);
            first = variable.record ? Math.min(first, variable.begin) : first;
            size += variable.record ? variable.size : 0;
        }
        long begin = first;
        found.replaceAll((name, v) -> v.record ? new Variable(true, v.begin - begin, v.size) : v);
        return new ClassicHeader(records, begin, size, found);
    }

    /** Number of the dimension that grows, -1 without one. */
    private static int unlimited(ByteBuffer head) {
        int unlimited = -1;
        head.getInt();
        int count = head.getInt();
        for (int d = 0; d < count; d++) {
            text(head);
            unlimited = head.getInt() == 0 ? d : unlimited;
        }
        return unlimited;
    }

    private static Variable variable(ByteBuffer head, int version, int unlimited) {
        boolean record = false;
        for (int d = head.getInt(); d > 0; d--) {
            record |= head.getInt() == unlimited;
        }
        attributes(head);
        head.getInt();
        long size = Integer.toUnsignedLong(head.getInt());
        return new Variable(record, version == 1 ? head.getInt() : head.getLong(), size);
    }

    private static void attributes(ByteBuffer head) {
        head.getInt();
        for (int n = head.getInt(); n > 0; n--) {
            text(head);
            int type = head.getInt();
            int bytes = head.getInt() * BYTES[type];
            head.position(head.position() + bytes + (-bytes & 3));
        }
    }

    private static String text(ByteBuffer head) {
        byte[] text = new byte[head.getInt()];
        head.get(text);
        head.position(head.position() + (-text.length & 3));
        return new String(text, StandardCharsets.UTF_8);
    }
}
