package org.plateau.classify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A mean over the sphere from which metrics of the column are made, as the journal keeps it.
 *
 * @param name what the variable counts as
 * @param unit of the variable
 * @param days model time in days of 86,400 s
 * @param key of the model time
 */
record WrittenMean(String name, String unit, double days, long key, double value) {
    void save(DataOutputStream out) throws IOException {
        out.writeUTF(name);
        out.writeUTF(unit);
        out.writeDouble(days);
        out.writeLong(key);
        out.writeDouble(value);
    }

    static WrittenMean restore(DataInputStream in) throws IOException {
        return new WrittenMean(
                in.readUTF(), in.readUTF(), in.readDouble(), in.readLong(), in.readDouble());
    }
}
