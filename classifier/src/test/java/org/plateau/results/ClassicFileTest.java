package org.plateau.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ucar.ma2.DataType;
import ucar.nc2.NetcdfFile;
import ucar.nc2.NetcdfFileWriter;

class ClassicFileTest {
    @TempDir Path folder;
    private Path path;

    @BeforeEach
    void aFileOfThreeVariables() throws IOException {
        path = folder.resolve("a.nc");
        NetcdfFileWriter header =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString());
        header.setLargeFile(true);
        header.addUnlimitedDimension("time");
        header.addDimension(null, "level", 3);
        header.addVariable(null, "pressure", DataType.DOUBLE, "level");
        header.addVariable(null, "time", DataType.DOUBLE, "time");
        header.addVariable(null, "flag", DataType.BYTE, "time level");
        header.addVariable(null, "wind", DataType.FLOAT, "time level");
        header.create();
        header.close();
    }

    private static void add(ClassicFile file, int at) throws IOException {
        file.put("time", at + 0.5);
        file.put("flag", (byte) at, (byte) 1, (byte) 2);
        file.put("wind", new float[] {at, 10, -1.5f});
        file.write(at);
    }

    private double[] read(String name) throws IOException {
        try (NetcdfFile file = NetcdfFile.open(path.toString())) {
            return (double[]) file.findVariable(name).read().get1DJavaArray(double.class);
        }
    }

    @Test
    void anotherReaderSeesEveryValueOfTheRecordsThatWereSaid() throws IOException {
        try (ClassicFile file = ClassicFile.open(path)) {
            file.fixed("pressure", 0, 1e5, 1e4);
            file.fixed("pressure", 2, 1e3);
            add(file, 0);
            add(file, 1);
            file.say();
            assertArrayEquals(new double[] {1e5, 1e4, 1e3}, read("pressure"));
            assertArrayEquals(new double[] {0.5, 1.5}, read("time"));
            assertArrayEquals(new double[] {0, 1, 2, 1, 1, 2}, read("flag"));
            assertArrayEquals(new double[] {0, 10, -1.5, 1, 10, -1.5}, read("wind"));
            file.replace(0, "flag", (byte) 7, (byte) 8, (byte) 9);
            file.replace(1, "time", 9.0);
            assertArrayEquals(new double[] {7, 8, 9, 1, 1, 2}, read("flag"));
            assertArrayEquals(new double[] {0.5, 9}, read("time"));
        }
    }

    @Test
    void aWriterThatDiesWithinARecordLeavesAWholeFile() throws IOException {
        try (ClassicFile file = ClassicFile.open(path)) {
            add(file, 0);
        }
        long whole = Files.size(path);
        for (int bytes = 1; bytes < 24; bytes++) {
            byte[] part = new byte[bytes]; // of a record that nobody has been told of
            Files.write(path, part, java.nio.file.StandardOpenOption.APPEND);
            assertArrayEquals(new double[] {0.5}, read("time"));
        }
        assertTrue(Files.size(path) > whole);
        try (ClassicFile file = ClassicFile.open(path)) {
            assertEquals(1, file.records());
            add(file, 1);
        }
        assertArrayEquals(new double[] {0, 10, -1.5, 1, 10, -1.5}, read("wind"));
    }

    @Test
    void aFileThatIsNoNetcdfIsRefused() throws IOException {
        Files.write(path, new byte[] {'C', 'D', 'F', 5, 0, 0, 0, 1});
        assertThrows(IOException.class, () -> ClassicFile.open(path));
        Files.write(path, new byte[] {'C', 'D', 'F', 2, 0, 0});
        assertThrows(IOException.class, () -> ClassicFile.open(path));
    }

    @Test
    void aVariableThatIsNotThereIsNamed() throws IOException {
        try (ClassicFile file = ClassicFile.open(path)) {
            Exception thrown =
                    assertThrows(IllegalArgumentException.class, () -> file.put("nothing", 1.0));
            assertTrue(thrown.getMessage().contains("nothing"), thrown.getMessage());
        }
    }
}
