package org.plateau.classify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.plateau.assembly.ModelFile;
import org.plateau.message.ElementType;

/** What a model's one writer sends of a wave that rotates: input for measurements of time. */
public final class RotatingWave {
    private RotatingWave() {}

    /**
     * Records of temperature (K) and winds (m/s), single precision, an output a day.
     *
     * @param levels from 100 Pa down to 1 MPa
     * @param rows of a regular grid of rows x columns
     */
    public static List<ByteBuffer> records(int outputs, int levels, int rows, int columns) {
        return records(outputs, levels, rows, columns, 3);
    }

    /**
     * The same of a wave that rotates by so many degrees an output.
     *
     * @param levels from 100 Pa down to 1 MPa
     * @param rows of a regular grid of rows x columns
     */
    static List<ByteBuffer> records(
            int outputs, int levels, int rows, int columns, double degrees) {
        double[] lat = new double[rows];
        double[] lon = new double[columns];
        double[] lev = new double[levels];
        Arrays.setAll(lat, i -> -90 + (i + 0.5) * 180.0 / rows);
        Arrays.setAll(lon, j -> j * 360.0 / columns);
        Arrays.setAll(lev, k -> 100 * Math.pow(10, 4.0 * k / levels));
        ModelFile file =
                new ModelFile(1, "/r/out.nc")
                        .axis("lat", lat, "units", "degrees_north")
                        .axis("lon", lon, "units", "degrees_east")
                        .axis("lev", lev, "units", "Pa");
        for (String name : List.of("T", "u", "v")) {
            file.variable(name, ElementType.FLOAT, "time lev lat lon");
        }
        file.variable("time", ElementType.DOUBLE, "time", "units", "days since 2000-01-01");
        for (int r = 0; r < outputs; r++) {
            float[] wave = wave(lat, lon, levels, degrees * r);
            file.put("T", r, scaled(wave, 1400, 200));
            file.put("u", r, scaled(wave, 0, 500));
            file.put("v", r, scaled(wave, 0, 500));
            file.put("time", r, r + 1.0);
        }
        return file.records();
    }

    private static float[] wave(double[] lat, double[] lon, int levels, double shift) {
        float[] wave = new float[levels * lat.length * lon.length];
        for (int k = 0; k < wave.length; k++) {
            double phi = Math.toRadians(lat[k / lon.length % lat.length]);
            double lambda = Math.toRadians(lon[k % lon.length] - shift);
            int level = k / (lat.length * lon.length);
            wave[k] = (float) (Math.cos(phi) * Math.cos(lambda + level * 0.3));
        }
        return wave;
    }

    private static float[] scaled(float[] wave, float mean, float amplitude) {
        float[] values = new float[wave.length];
        for (int k = 0; k < wave.length; k++) {
            values[k] = mean + amplitude * wave[k];
        }
        return values;
    }
}
