package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.LevelMap;
import org.plateau.regimes.RegimeDiagnostics;
import ucar.ma2.Array;
import ucar.ma2.DataType;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

class RunReaderTest {

    private static final int LEVELS = 3;
    private static final int LAT = 12;
    private static final int LON = 24;

    @TempDir Path directory;

    @Test
    void mapsAreCentredOnTheSubstellarPoint() throws Exception {
        Path file = directory.resolve("one.nc");
        write(file, true);
        TrainingRun run = RunReader.read(file, 2);
        assertEquals("one", run.name());
        assertEquals("hot", run.preset());
        assertEquals(2000, run.scales().waveSpeed());
        assertEquals(2 * LEVELS, run.maps().size());
        LevelMap map = run.maps().get(1);
        assertEquals(1e3, map.pressure());
        assertEquals(0, RegimeDiagnostics.of(map).offset(), 0.5);
        assertEquals(100 / Math.log(10), map.lapse()[0], 0.5);
        assertEquals(List.of(file), RunReader.files(directory));
    }

    @Test
    void otherFilesAreNamed() throws Exception {
        Path file = directory.resolve("other.nc");
        write(file, false);
        IOException e = assertThrows(IOException.class, () -> RunReader.read(file, 1));
        assertTrue(e.getMessage().contains("planet_radius"), e.getMessage());
    }

    @Test
    void chosenTimesLieCloserTogetherNearTheStart() {
        assertEquals("[1, 6, 14, 24]", RunReader.choice(25, 4).stream().sorted().toList() + "");
        assertEquals("[0, 1]", RunReader.choice(2, 12).stream().sorted().toList() + "");
    }

    /** T rises by 100 K a decade and is hottest at 90 degrees east, where the star is. */
    private static void write(Path file, boolean planet) throws Exception {
        NetcdfFileWriter writer =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, file.toString());
        writer.addUnlimitedDimension("time");
        writer.addDimension(null, "lev", LEVELS);
        writer.addDimension(null, "lat", LAT);
        writer.addDimension(null, "lon", LON);
        Variable lev = writer.addVariable(null, "lev", DataType.DOUBLE, "lev");
        Variable lat = writer.addVariable(null, "lat", DataType.DOUBLE, "lat");
        Variable lon = writer.addVariable(null, "lon", DataType.DOUBLE, "lon");
        Variable[] fields = new Variable[3];
        for (int k = 0; k < 3; k++) {
            fields[k] =
                    writer.addVariable(
                            null,
                            List.of("T", "u", "v").get(k),
                            DataType.FLOAT,
                            "time lev lat lon");
        }
        if (planet) {
            writer.addGroupAttribute(null, new Attribute("planet_radius", 8e7));
            writer.addGroupAttribute(null, new Attribute("rotation_rate", 2e-5));
            writer.addGroupAttribute(null, new Attribute("gravity_wave_speed", 2000.0));
            writer.addGroupAttribute(null, new Attribute("gas_constant", 4593.0));
            writer.addGroupAttribute(null, new Attribute("heat_capacity", 14308.0));
            writer.addGroupAttribute(null, new Attribute("substellar_longitude", 90.0));
            writer.addGroupAttribute(null, new Attribute("preset", "hot"));
        }
        writer.create();
        double[] y = new double[LAT];
        double[] x = new double[LON];
        float[] t = new float[2 * LEVELS * LAT * LON];
        for (int n = 0; n < t.length; n++) {
            int i = n / LON % LAT;
            int j = n % LON;
            y[i] = -90 + (i + 0.5) * 15;
            x[j] = j * 15;
            double day = Math.cos(Math.toRadians(y[i])) * Math.cos(Math.toRadians(x[j] - 90));
            t[n] = (float) (1000 + 100 * (n / (LAT * LON) % LEVELS) + 50 * day);
        }
        int[] shape = {2, LEVELS, LAT, LON};
        writer.write(lev, array(new int[] {LEVELS}, new double[] {1e2, 1e3, 1e4}));
        writer.write(lat, array(new int[] {LAT}, y));
        writer.write(lon, array(new int[] {LON}, x));
        writer.write(fields[0], array(shape, t));
        writer.write(fields[1], array(shape, new float[t.length]));
        writer.write(fields[2], array(shape, new float[t.length]));
        writer.close();
    }

    private static Array array(int[] shape, Object values) {
        return Array.factory(values.getClass().getComponentType(), shape, values);
    }
}
