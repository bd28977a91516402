package org.plateau.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A process of so many pages without a browser: each follows the events over a connection of its
 * own and, when there are other outputs, asks for what the page asks for then. Says on standard
 * output when all follow, and in the end, when standard input ends, what came.
 */
final class Viewers {
    private static final Pattern OUTPUTS = Pattern.compile("^data: \\{\"outputs\":(\\d+)");

    private final String site;
    private final String token;
    private final AtomicLong following = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong histories = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    private Viewers(String url) {
        site = url.replaceFirst("/#.*", "");
        token = url.replaceFirst(".*#token=", "");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Viewers viewers = new Viewers(arguments[0]);
        int many = Integer.parseInt(arguments[1]);
        for (int v = 0; v < many; v++) {
            Thread thread = new Thread(viewers::view, "viewer-" + v);
            thread.setDaemon(true);
            thread.start();
        }
        while (viewers.following.get() < many) {
            Thread.sleep(20);
        }
        System.out.println("following " + many);
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.out.printf(
                "events %d histories %d bytes %d failures %d%n",
                viewers.events.get(),
                viewers.histories.get(),
                viewers.bytes.get(),
                viewers.failures.get());
    }

    private HttpRequest ask(String path) {
        return HttpRequest.newBuilder(URI.create(site + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Encoding", "gzip")
                .build();
    }

    private void view() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (Stream<String> lines =
                lines(client.send(ask("/api/events"), BodyHandlers.ofInputStream()).body())) {
            following.incrementAndGet();
            long[] seen = {0};
            lines.forEach(line -> hear(client, line, seen));
        } catch (IOException | UncheckedIOException e) {
            failures.incrementAndGet(); // the monitor has gone, or refused
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Packed, as browsers take it. */
    private static Stream<String> lines(InputStream body) throws IOException {
        return new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(body), StandardCharsets.UTF_8))
                .lines();
    }

    private void hear(HttpClient client, String line, long[] seen) {
        Matcher found = OUTPUTS.matcher(line);
        if (!found.find()) {
            return;
        }
        events.incrementAndGet();
        bytes.addAndGet(line.length());
        long outputs = Long.parseLong(found.group(1));
        if (outputs != seen[0]) {
            seen[0] = outputs;
            get(client, "/api/history");
            get(client, "/api/map?level=3");
            get(client, "/api/series?level=3&metric=0");
            histories.incrementAndGet();
        }
    }

    private void get(HttpClient client, String path) {
        try (InputStream body = client.send(ask(path), BodyHandlers.ofInputStream()).body()) {
            bytes.addAndGet(body.readAllBytes().length);
        } catch (IOException e) {
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
