package org.plateau.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plateau.queue.WholeFile;

/**
 * {@code monitor.url} in the run directory, mode 0600: the page's address in the first line, and in
 * the second the tunnel through which it is reached from elsewhere.
 */
final class AddressFile {
    static final String TOKEN = "monitor.token";

    /** Where tunnels end on the reader's own machine, unless the reader takes another port. */
    static final int TUNNEL_PORT = 8765;

    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d{1,5})/.*");

    private final Path directory;
    private final Path file;

    AddressFile(Path runDirectory) {
        this.directory = runDirectory.toAbsolutePath();
        this.file = directory.resolve("monitor.url");
    }

    /** The port of a monitor that did not end well, which open pages still ask; 0 if none. */
    int earlierPort() {
        try {
            List<String> lines = Files.readAllLines(file);
            Matcher port = PORT.matcher(lines.isEmpty() ? "" : lines.get(0));
            return port.matches() && !lines.toString().contains("-L " + TUNNEL_PORT + ":/")
                    ? Integer.parseInt(port.group(1))
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Writes the address for its owner alone, replacing what was there. */
    void write(String url, Path socket) throws IOException {
        Matcher port = PORT.matcher(url);
        int number = port.matches() ? Integer.parseInt(port.group(1)) : TUNNEL_PORT;
        WholeFile.replace(file, url + "\n" + tunnel(socket == null ? number : -1, socket) + "\n");
    }

    /** Removes address and token, if the address is still this one. */
    void remove(String url) {
        try {
            if (Files.exists(file) && Files.readAllLines(file).contains(url)) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory.resolve(TOKEN));
            }
        } catch (IOException e) {
            System.Logger logger = System.getLogger(AddressFile.class.getName());
            logger.log(System.Logger.Level.DEBUG, "monitor.url could not be removed", e);
        }
    }

    /** The tunnel to a port of this node, or to a socket if the port is negative. */
    static String tunnel(int port, Path socket) {
        return "ssh -N -L "
                + TUNNEL_PORT
                + ":"
                + (port < 0 ? socket.toString() : "127.0.0.1:" + port)
                + " user@"
                + host();
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "host";
        }
    }
}
