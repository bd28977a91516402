package org.plateau.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

@Timeout(120)
class MonitorTest {
    private static final int VIEWERS = 3;

    @TempDir Path folder;
    private final List<String> ordered = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private Monitor monitor;

    @BeforeEach
    void start() throws Exception {
        Path file = folder.resolve("results.nc");
        SyntheticResults.writeWithColumn(file, 60, 5);
        SyntheticStatus.write(folder.resolve("status.json"), ResultsReader.read(file));
        monitor = Monitor.start(folder, new MonitorSettings(0, "", VIEWERS), new Recorded(), null);
        while (get("/api/history").body().equals("null")) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private final class Recorded implements Actions {
        @Override
        public void veto(String reason) {
            ordered.add("veto " + reason);
        }

        @Override
        public void stop(String reason) {
            throw new IllegalArgumentException("under a veto");
        }

        @Override
        public void resume(String reason) {
            ordered.add("resume " + reason);
        }
    }

    private String token() {
        return monitor.url().replaceFirst(".*#token=", "");
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + monitor.port() + target))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String target) throws Exception {
        return client.send(
                request(target).header("Authorization", "Bearer " + token()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return client.send(
                request(target)
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void thePageAndItsPartsComeWithHeadersThatKeepBrowsersCareful() throws Exception {
        int size = 0;
        for (String path : PageFiles.load().keySet()) {
            HttpResponse<String> response =
                    client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), path);
            String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
            assertTrue(policy.startsWith("default-src 'none'"), policy);
            assertFalse(response.body().contains(token()));
            assertFalse(response.body().matches("(?s).*https?://(?!127\\.0\\.0\\.1).*"), path);
            size += response.body().length();
        }
        assertTrue(size < 300_000, "page of " + size + " bytes");
    }

    @Test
    void historyMapAndSeriesSayWhatTheResultsSay() throws Exception {
        JsonNode history = new ObjectMapper().readTree(get("/api/history").body());
        assertEquals(60, history.path("outputs").asInt());
        assertEquals(5, history.path("pressure").size());
        assertEquals("butterfly", history.path("regimes").get(3).path("name").asText());
        JsonNode map = new ObjectMapper().readTree(get("/api/map?level=2").body());
        assertEquals(64, map.path("lon").size());
        JsonNode series = new ObjectMapper().readTree(get("/api/series?level=2&metric=1").body());
        assertEquals(60, series.path("time").size());
        JsonNode column = new ObjectMapper().readTree(get("/api/column?metric=0").body());
        assertEquals(4000.0, column.path("high").get(0).asDouble());
        assertTrue(column.path("high").get(1).isNull(), "nothing came with this output");
        assertEquals(20.0, column.path("tolerance").asDouble());
        assertEquals("toa_balance", history.path("columnMetrics").get(0).path("name").asText());
        assertEquals(1, history.path("columnMetrics").size());
        assertEquals(404, get("/api/column?metric=1").statusCode());
        assertEquals(404, get("/api/column").statusCode());
        assertEquals(404, get("/api/map?level=5").statusCode());
        assertEquals(404, get("/api/series?level=0&metric=9").statusCode());
        assertEquals(404, get("/api/map?level=-1").statusCode());
    }

    @Test
    void prometheusGetsEachNameOnceWithItsType() throws Exception {
        String text = get("/metrics").body();
        assertTrue(text.contains("plateau_writes_total 900.0"), text);
        assertTrue(text.contains("plateau_hook_write_seconds{quantile=\"0.99\"} 9.4E-6"), text);
        assertTrue(text.contains("plateau_lag_seconds 1.5"), text);
        assertTrue(
                text.contains("plateau_ring_peak_bytes{host=\"n1\",source=\"07\"} 9000.0"), text);
        assertTrue(
                text.contains("plateau_writes_lost_total{reason=\"dropped: ring full: T\"}"), text);
        assertTrue(text.contains("plateau_outputs_to_stop 120.0"), text);
        for (String line : text.split("\n")) {
            assertTrue(line.matches("# (HELP|TYPE) .+|[a-z_]+(\\{.+\\})? (NaN|-?[0-9.E-]+)"), line);
        }
        List<String> types = text.lines().filter(line -> line.startsWith("# TYPE ")).toList();
        assertEquals(types.size(), types.stream().distinct().count());
        assertEquals(List.of(), MetricRules.broken(text));
    }

    @Test
    void noPathLeadsToAFile() throws Exception {
        for (String target :
                List.of(
                        "/results.nc",
                        "/../../etc/passwd",
                        "/%2e%2e/%2e%2e/etc/passwd",
                        "/..%2f..%2fetc%2fpasswd",
                        "/api/../monitor.token",
                        "/monitor.token",
                        "//etc/passwd",
                        "/monitor.js/..",
                        "/api")) {
            int code = get(target).statusCode();
            assertTrue(code == 404 || code == 400, target + ": " + code);
        }
    }

    @Test
    void anActionNeedsItsWordRepeated() throws Exception {
        assertEquals(400, post("/api/veto", "{}").statusCode());
        assertEquals(400, post("/api/veto", "{\"confirm\":\"stop\"}").statusCode());
        assertEquals(400, post("/api/veto", "not json").statusCode());
        assertEquals(
                400, post("/api/veto", "{\"confirm\":\"veto\",\"reason\":\"a\\nb\"}").statusCode());
        assertEquals(413, post("/api/veto", " ".repeat(2000)).statusCode());
        assertEquals(List.of(), ordered);
        assertEquals(
                200, post("/api/veto", "{\"confirm\":\"veto\",\"reason\":\"mine\"}").statusCode());
        assertEquals(List.of("veto mine"), ordered);
        assertEquals(409, post("/api/stop", "{\"confirm\":\"stop\"}").statusCode());
    }

    @Test
    void eventsComeAtOnceAndOneViewerTooManyIsTurnedAway() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        for (int k = 0; k < VIEWERS; k++) {
            HttpResponse<InputStream> response = events();
            assertEquals(200, response.statusCode());
            streams.add(response.body());
            String first = new String(response.body().readNBytes(200), StandardCharsets.UTF_8);
            assertTrue(first.contains("event: status"), first);
        }
        assertEquals(503, events().statusCode());
        assertEquals(200, get("/api/status").statusCode(), "others are served meanwhile");
        for (InputStream stream : streams) {
            stream.close();
        }
    }

    private HttpResponse<InputStream> events() throws Exception {
        return client.send(
                request("/api/events").header("Authorization", "Bearer " + token()).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    @Test
    void aRestartedMonitorKeepsItsTokenAndRefusesOneThatOthersCanRead() throws Exception {
        String before = token();
        monitor.close();
        monitor = Monitor.start(folder, new MonitorSettings(0, "", VIEWERS), new Recorded(), null);
        assertEquals(before, token());
        Path file = folder.resolve("monitor.token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(
                IOException.class,
                () ->
                        Monitor.start(
                                folder, new MonitorSettings(0, "", VIEWERS), new Recorded(), null));
    }

    /**
     * Bytes that are no HTTP, almost HTTP and hostile HTTP, half of them with the token, which
     * leads behind the guard: the server goes on, nothing acts.
     */
    @Test
    void rubbishOnTheSocketHarmsNothing() throws Exception {
        Random random = new Random(11);
        int served = 0;
        for (int k = 0; k < 400; k++) {
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), monitor.port())) {
                socket.setSoTimeout(5000);
                socket.getOutputStream().write(rubbish(random));
                socket.shutdownOutput();
                String answer =
                        new String(
                                socket.getInputStream().readNBytes(64),
                                StandardCharsets.ISO_8859_1);
                assertFalse(answer.startsWith("HTTP/1.1 500"), answer);
                served += answer.startsWith("HTTP/1.1 200") ? 1 : 0;
            } catch (IOException e) {
                assertTrue(e instanceof java.net.SocketException, () -> "hung: " + e);
            }
        }
        assertEquals(List.of(), ordered);
        assertTrue(served > 10, served + " of them came through");
        assertEquals(200, get("/api/status").statusCode());
    }

    private byte[] rubbish(Random random) {
        String[] methods = {"GET", "POST", "PUT", "DELETE", "TRACE", "CONNECT", "\0", ""};
        String[] targets = {
            "/",
            "/api/stop",
            "/api/veto",
            "/api/map?level=99999999999",
            "/%00",
            "/%zz",
            "*",
            "//",
            "/api/series?level=&metric=-1",
            "/api/series?level=0&level=1&metric=%30",
            "/api/map?level=1&output=999999999",
            "/api/saliency?level=0",
            "/api/column?metric=0&&=&",
            "/api/history?" + "q".repeat(600),
            "/api/veto",
            "/api/resume",
            "/metrics",
            "/monitor.js?x=%ff",
            "http://evil.example/"
        };
        String[] headers = {
            "Host: 127.0.0.1",
            "Host: evil.example",
            "Authorization: Bearer x",
            "Authorization:",
            "Content-Length: -5",
            "Content-Length: 99999999999",
            "Content-Length: 3",
            "Transfer-Encoding: chunked",
            "Content-Type: application/json",
            "\u0001: \u0002",
            "Origin: null",
            "X: " + "y".repeat(3000)
        };
        StringBuilder text = new StringBuilder();
        boolean inside = random.nextBoolean();
        text.append(methods[random.nextInt(inside ? 2 : methods.length)]).append(' ');
        text.append(targets[random.nextInt(targets.length)]).append(" HTTP/1.1\r\n");
        if (inside) {
            text.append("Host: 127.0.0.1\r\nConnection: close\r\n");
            text.append("Authorization: Bearer ").append(token()).append("\r\n");
        }
        for (int h = random.nextInt(inside ? 2 : 6); h > 0; h--) {
            text.append(headers[random.nextInt(headers.length)]).append("\r\n");
        }
        text.append("\r\n{\"confirm\":\"stop\"}");
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int flips = random.nextInt(inside ? 2 : 4); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
