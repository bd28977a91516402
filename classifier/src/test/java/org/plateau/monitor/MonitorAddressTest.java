package org.plateau.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a monitor is reached, and what it leaves behind. */
@Timeout(60)
class MonitorAddressTest {
    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "plateau"); // sockets want short paths
    }

    @AfterEach
    void remove() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Nothing implements Actions {
        @Override
        public void veto(String reason) {}

        @Override
        public void stop(String reason) {}

        @Override
        public void resume(String reason) {}
    }

    private Monitor start(int port, String socket) throws IOException {
        return Monitor.start(folder, new MonitorSettings(port, socket, 4), new Nothing(), null);
    }

    private String socket() {
        return folder.resolve("m.sock").toString();
    }

    private static String ask(Path socket, String target, String token) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request =
                    "GET "
                            + target
                            + " HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nConnection: close\r\n"
                            + "Authorization: Bearer "
                            + token
                            + "\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(1 << 16);
            while (channel.read(answer) >= 0 && answer.hasRemaining()) {
                continue;
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aSocketServesItsOwnerAloneAndNoPortIsOpen() throws Exception {
        try (Monitor monitor = start(MonitorSettings.OFF, socket())) {
            Path file = Path.of(socket());
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(-1, monitor.port());
            String token = monitor.url().replaceFirst(".*#token=", "");
            assertTrue(ask(file, "/", "").startsWith("HTTP/1.1 200"));
            assertTrue(ask(file, "/api/status", token).startsWith("HTTP/1.1 200"));
            assertTrue(ask(file, "/api/status", "x").startsWith("HTTP/1.1 401"));
            assertTrue(
                    monitor.tunnel().startsWith("ssh -N -L 8765:" + file + " user@"),
                    monitor.tunnel());
        }
        assertFalse(Files.exists(Path.of(socket())), "the socket goes with its monitor");
        try (var left = Files.list(folder)) {
            assertEquals(1, left.count(), "the token's file alone is left");
        }
    }

    @Test
    void aSocketLeftByAKilledMonitorIsReplacedAndALivingOnesIsNot() throws Exception {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket()));
        }
        try (Monitor monitor = start(MonitorSettings.OFF, socket())) {
            IOException refused =
                    assertThrows(
                            IOException.class, () -> start(MonitorSettings.OFF, socket()).close());
            assertTrue(refused.getMessage().contains("a monitor that serves there"));
            assertTrue(ask(Path.of(socket()), "/", "").contains("200"), monitor.url());
        }
        Files.writeString(Path.of(socket()), "precious");
        assertThrows(IOException.class, () -> start(MonitorSettings.OFF, socket()).close());
        assertEquals("precious", Files.readString(Path.of(socket())));
    }

    @Test
    void aPathThatIsTooLongForASocketIsRefusedWithTheLimit() {
        String name = folder.resolve("x".repeat(120)).toString();
        IOException refused =
                assertThrows(IOException.class, () -> start(MonitorSettings.OFF, name).close());
        assertTrue(refused.getMessage().contains("characters"), refused.getMessage());
    }

    @Test
    void addressAndTokenGoWithAMonitorThatEndsWell() throws Exception {
        try (Monitor monitor = start(0, "")) {
            monitor.announce();
            Path file = folder.resolve("monitor.url");
            assertEquals(monitor.url(), Files.readAllLines(file).get(0));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertFalse(Files.exists(folder.resolve("monitor.url")));
        assertFalse(Files.exists(folder.resolve("monitor.token")));
    }

    @Test
    void afterACrashTheSameAddressServesAgainIfItIsFree() throws Exception {
        String before;
        try (Monitor crashed = start(0, "")) {
            before = crashed.url();
        }
        Files.writeString(folder.resolve("monitor.url"), before + "\n");
        try (Monitor again = start(0, "")) {
            assertEquals(before, again.url());
            try (Monitor other = start(0, "")) {
                assertTrue(other.port() != again.port());
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (Monitor first = start(0, "")) {
            IOException refused =
                    assertThrows(IOException.class, () -> start(first.port(), "").close());
            assertTrue(
                    refused.getMessage().contains("found " + first.port() + " taken"),
                    refused.getMessage());
        }
    }

    @Test
    void anEmptyTokenThatAFullDiskLeftKeepsNoMonitorFromStarting() throws IOException {
        Path file =
                Files.createFile(
                        folder.resolve("monitor.token"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try (Monitor monitor = start(0, "")) {
            assertTrue(monitor.url().endsWith(Files.readString(file).strip()));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }
}
