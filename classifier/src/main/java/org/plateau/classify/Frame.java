package org.plateau.classify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What the first complete step fixes for the whole run.
 *
 * @param timeUnits CF units of the results' time
 * @param calendar CF calendar
 * @param pressure of the levels, Pa, from the top downwards
 * @param radiativeTime of the levels, s; NaN where not known
 */
@SuppressWarnings("ArrayRecordComponent")
record Frame(String timeUnits, String calendar, double[] pressure, double[] radiativeTime) {
    int levels() {
        return pressure.length;
    }

    void save(DataOutputStream out) throws IOException {
        out.writeUTF(timeUnits);
        out.writeUTF(calendar);
        out.writeInt(pressure.length);
        for (int k = 0; k < pressure.length; k++) {
            out.writeDouble(pressure[k]);
            out.writeDouble(radiativeTime[k]);
        }
    }

    static Frame restore(DataInputStream in) throws IOException {
        String units = in.readUTF();
        String calendar = in.readUTF();
        double[] pressure = new double[in.readInt()];
        double[] times = new double[pressure.length];
        for (int k = 0; k < pressure.length; k++) {
            pressure[k] = in.readDouble();
            times[k] = in.readDouble();
        }
        return new Frame(units, calendar, pressure, times);
    }
}
