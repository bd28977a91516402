package org.plateau.netcdf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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

    /** First bytes that tell what a file is. */
    public static final int START = 4;

    /**
     * An HDF5 file may have a block of its user's before it, of this or twice this size, and so on.
     */
    private static final int USER_BLOCK = 512;

    private static final int LARGEST_USER_BLOCK = 1 << 20;

    private NetcdfInput() {}

    /** True if these are the first {@link #START} bytes of a netCDF file of any format. */
    public static boolean recognises(byte[] start) {
        boolean enough = start.length >= START;
        boolean classic = enough && start[0] == 'C' && start[1] == 'D' && start[2] == 'F';
        return isHdf(start) || classic && start[3] < ' ';
    }

    private static boolean isHdf(byte[] start) {
        return start.length >= START
                && (start[0] & 0xff) == 0x89
                && start[1] == 'H'
                && start[2] == 'D'
                && start[3] == 'F';
    }

    private static boolean isNetcdf(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            if (recognises(in.readNBytes(START))) {
                return true;
            }
            long at = START;
            for (long block = USER_BLOCK; block <= LARGEST_USER_BLOCK; block *= 2) {
                in.skipNBytes(block - at);
                if (isHdf(in.readNBytes(START))) {
                    return true;
                }
                at = block + START;
            }
        } catch (EOFException e) {
            return false;
        }
        return false;
    }

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
        // Else the library asks its readers of other formats, some of which speak of it on their
        // own.
        if (!isNetcdf(path)) {
            throw new IOException(path + ": expected a netCDF file, found something else");
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
