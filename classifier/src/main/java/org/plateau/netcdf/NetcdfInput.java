package org.plateau.netcdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ucar.nc2.NetcdfFile;
import ucar.nc2.iosp.netcdf3.N3header;

/** Opens netCDF files for reading. */
public final class NetcdfInput {
    static {
        // Else what lies behind the end of a file that was cut off is read as if it were data.
        N3header.disallowFileTruncation = true;
    }

    private NetcdfInput() {}

    /**
     * Opens a file, which the caller closes.
     *
     * @throws IOException if there is none, if it is not netCDF, or if it is shorter than it says;
     *     the message names the file, what was expected and what was found
     */
    public static NetcdfFile open(Path path) throws IOException {
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            String found =
                    Files.isDirectory(path)
                            ? "a directory"
                            : Files.exists(path) ? "one that may not be read" : "none";
            throw new IOException(path + ": expected a netCDF file, found " + found);
        }
        try {
            return NetcdfFile.open(path.toAbsolutePath().normalize().toString());
        } catch (IOException | RuntimeException e) {
            boolean cut = String.valueOf(e.getMessage()).contains("truncated");
            throw new IOException(
                    path
                            + ": expected a netCDF file, found "
                            + (cut
                                    ? "one that is cut off, or being written just now: its header"
                                            + " promises more bytes than there are"
                                    : "something else"),
                    e);
        }
    }
}
