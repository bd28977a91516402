package org.plateau.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The files of one network: {@code descriptor.json}, {@code network.onnx} and {@code weights.zip}
 * (Deeplearning4j), in a directory or in this program.
 */
public final class NetworkFiles {

    public static final String DESCRIPTOR = "descriptor.json";
    public static final String ONNX = "network.onnx";
    public static final String DL4J = "weights.zip";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHIPPED = "default/";

    private final Path directory;
    private final NetworkDescriptor descriptor;

    private NetworkFiles(Path directory) {
        this.directory = directory;
        try {
            descriptor = JSON.readValue(raw(DESCRIPTOR), NetworkDescriptor.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    where(DESCRIPTOR) + ": not a network's description: " + e.getMessage(), e);
        }
        descriptor.check(where(DESCRIPTOR));
    }

    /**
     * Opens a network.
     *
     * @param path its directory; empty for the one that ships
     * @throws IllegalArgumentException if there is none or it is not of this version
     */
    public static NetworkFiles open(String path) {
        return new NetworkFiles(path.isEmpty() ? null : Path.of(path));
    }

    public NetworkDescriptor descriptor() {
        return descriptor;
    }

    /**
     * One file, checked against the descriptor.
     *
     * @throws IllegalArgumentException if it is missing or not the one that was described
     */
    public byte[] read(String name) {
        byte[] bytes = raw(name);
        String expected = descriptor.files().get(name);
        String found = sha256(bytes);
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(
                    where(name)
                            + ": its descriptor expects SHA-256 "
                            + expected
                            + ", found "
                            + found
                            + "; copy the whole directory of the network again");
        }
        return bytes;
    }

    /** SHA-256, hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] raw(String name) {
        try {
            if (directory != null) {
                return Files.readAllBytes(directory.resolve(name));
            }
            try (InputStream in = NetworkFiles.class.getResourceAsStream(SHIPPED + name)) {
                if (in == null) {
                    throw new IllegalArgumentException(
                            "this build ships no network; set network.path to a directory made by"
                                    + " plateau train");
                }
                return in.readAllBytes();
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IllegalArgumentException(
                    where(name)
                            + ": expected a network's file, found none; network.path names a"
                            + " directory made by plateau train",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(where(name) + ": " + e.getMessage(), e);
        }
    }

    private String where(String name) {
        return directory == null ? "the network that ships, " + name : directory.resolve(name) + "";
    }
}
