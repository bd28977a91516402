package org.plateau.netcdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetcdfInputTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "CDF", "not netcdf", "GRIB....", "a text of some length\n"})
    void whatIsNoNetcdfIsRefusedAndNobodyElseSpeaksOfIt(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("x.nc"), content);
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        IOException refused;
        try {
            refused = assertThrows(IOException.class, () -> NetcdfInput.open(file).close());
        } finally {
            System.setErr(err);
        }
        assertEquals(file + ": expected a netCDF file, found something else", refused.getMessage());
        assertEquals("", said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void anHdf5FileBehindABlockOfItsUsersIsSeenForOne() throws IOException {
        byte[] bytes = new byte[4096];
        bytes[2048] = (byte) 0x89;
        System.arraycopy("HDF".getBytes(StandardCharsets.US_ASCII), 0, bytes, 2049, 3);
        Path file = Files.write(folder.resolve("x.nc"), bytes);
        IOException damaged = assertThrows(IOException.class, () -> NetcdfInput.open(file).close());
        assertTrue(damaged.getCause() != null, "the library was not asked");
    }
}
