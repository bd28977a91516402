package org.plateau.monitor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A Unix domain socket that only its owner can open. It is bound in a folder of mode 0700, given
 * mode 0600, and only then moved to its place, so that nobody can slip in between.
 */
final class SocketFile implements AutoCloseable {
    /** What the kernel allows, less the name of the folder it is bound in. */
    private static final int LONGEST = 107 - "/.m-0123456789012345678/s".length();

    private final Path path;
    private final Path folder;

    /**
     * @throws IOException if the path is too long, taken by something else, or served already
     */
    SocketFile(String name) throws IOException {
        path = Path.of(name).toAbsolutePath();
        int most = LONGEST + path.getFileName().toString().length();
        if (path.toString().length() > Math.min(most, 107)) {
            throw new IOException(
                    "monitor.socket: expected a path of at most "
                            + Math.min(most, 107)
                            + " characters, found "
                            + path.toString().length()
                            + "; take a folder nearer to the root, such as one in /tmp");
        }
        removeStale();
        folder =
                Files.createTempDirectory(
                        path.getParent(),
                        ".m-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
    }

    /** A socket at which nobody answers was left by a monitor that was killed. */
    private void removeStale() throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean other =
                !Files.readAttributes(
                                path,
                                java.nio.file.attribute.BasicFileAttributes.class,
                                java.nio.file.LinkOption.NOFOLLOW_LINKS)
                        .isOther();
        if (other || answers()) {
            throw new IOException(
                    "monitor.socket: expected "
                            + path
                            + " to be free, found "
                            + (other ? "a file" : "a monitor that serves there")
                            + "; choose another path");
        }
        Files.delete(path);
    }

    private boolean answers() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** Where to bind. */
    Path binding() {
        return folder.resolve("s");
    }

    /** Moves the bound socket to its place. */
    void publish() throws IOException {
        Files.setPosixFilePermissions(binding(), PosixFilePermissions.fromString("rw-------"));
        Files.move(binding(), path, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(folder);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(binding());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.Logger logger = System.getLogger(SocketFile.class.getName());
            logger.log(System.Logger.Level.DEBUG, "the socket could not be removed", e);
        }
    }
}
