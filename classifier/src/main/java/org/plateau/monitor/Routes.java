package org.plateau.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.plateau.results.Results;

/** The fixed table of paths and what answers them. */
final class Routes implements HttpHandler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REASON = 200;

    /** Answers a request that the guard let through. */
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private record Route(Guard.Kind kind, Answer answer) {}

    private final Guard guard;
    private final Live live;
    private final EventStream events;
    private final Actions actions;
    private final Map<String, Route> table = new HashMap<>();

    Routes(Token token, Live live, EventStream events, Actions actions) {
        this.guard = new Guard(token);
        this.live = live;
        this.events = events;
        this.actions = actions;
        PageFiles.load().forEach(this::page);
        data("/api/events", events::serve);
        data("/api/history", this::history);
        data("/api/map", this::map);
        data("/api/series", this::series);
        data("/api/status", exchange -> Reply.json(exchange, 200, live.latest().statusJson()));
        data("/metrics", this::metrics);
        action("/api/veto", actions::veto);
        action("/api/stop", actions::stop);
        action("/api/resume", actions::resume);
    }

    /** One of the three things a person may ask for. */
    private interface Action {
        void because(String reason) throws IOException;
    }

    private void page(String path, PageFiles.Page page) {
        table.put(
                path,
                new Route(
                        Guard.Kind.PAGE,
                        exchange -> Reply.bytes(exchange, 200, page.contentType(), page.body())));
    }

    private void data(String path, Answer answer) {
        table.put(path, new Route(Guard.Kind.DATA, answer));
    }

    private void action(String path, Action action) {
        table.put(path, new Route(Guard.Kind.ACTION, exchange -> act(exchange, action)));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            Route route = table.get(exchange.getRequestURI().getPath());
            Guard.Kind kind = route == null ? Guard.Kind.DATA : route.kind();
            int refusal = guard.judge(request(exchange), kind);
            if (refusal != 0) {
                Reply.refuse(exchange, refusal);
            } else if (route == null) {
                Reply.refuse(exchange, 404);
            } else {
                route.answer().to(exchange);
            }
        } catch (RuntimeException e) {
            Reply.refuse(exchange, 500);
        } finally {
            exchange.close();
        }
    }

    private static Guard.Request request(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length");
        return new Guard.Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers.getFirst("Host"),
                headers.getFirst("Origin"),
                headers.getFirst("Sec-Fetch-Site"),
                headers.getFirst("Authorization"),
                headers.getFirst("Content-Type"),
                length == null || !length.matches("\\d{1,9}") ? -1 : Long.parseLong(length));
    }

    private void history(HttpExchange exchange) throws IOException {
        byte[] packed = live.latest().history();
        if (packed.length == 0) {
            Reply.json(exchange, 200, "null");
            return;
        }
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        byte[] body = packed;
        if (accepted != null && accepted.contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        } else {
            body = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        }
        Reply.bytes(exchange, 200, "application/json; charset=utf-8", body);
    }

    private void map(HttpExchange exchange) throws IOException {
        Results results = live.latest().results();
        int level = number(exchange, "level");
        if (results == null || level < 0 || level >= results.levels()) {
            Reply.refuse(exchange, 404);
            return;
        }
        ObjectNode map = LevelJson.map(results, level);
        Reply.json(exchange, 200, map == null ? "null" : Snapshot.json(map));
    }

    private void series(HttpExchange exchange) throws IOException {
        Results results = live.latest().results();
        int level = number(exchange, "level");
        int metric = number(exchange, "metric");
        if (results == null
                || level < 0
                || level >= results.levels()
                || metric < 0
                || metric >= results.metrics().size()) {
            Reply.refuse(exchange, 404);
            return;
        }
        Reply.json(exchange, 200, Snapshot.json(LevelJson.series(results, level, metric)));
    }

    private void metrics(HttpExchange exchange) throws IOException {
        String text = MetricsText.of(live.latest().status(), events.viewers());
        Reply.bytes(exchange, 200, MetricsText.CONTENT_TYPE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The body repeats the path's word, so that no stray request acts. */
    private void act(HttpExchange exchange, Action action) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(Guard.LONGEST_BODY + 1);
        JsonNode asked;
        try {
            asked = JSON.readTree(body);
        } catch (IOException e) {
            Reply.refuse(exchange, 400);
            return;
        }
        String word = exchange.getRequestURI().getPath().substring("/api/".length());
        String reason = asked.path("reason").asText("");
        if (!word.equals(asked.path("confirm").asText())
                || reason.length() > LONGEST_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            Reply.refuse(exchange, 400);
            return;
        }
        try {
            action.because(reason);
        } catch (IllegalArgumentException e) {
            Reply.refuse(exchange, 409);
            return;
        }
        Reply.json(exchange, 200, "{\"done\":\"" + word + "\"}");
    }

    /** A small number of the query; -1 if it is absent or no number. */
    private static int number(HttpExchange exchange, String key) {
        String query = exchange.getRequestURI().getQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.matches(key + "=\\d{1,6}")) {
                return Integer.parseInt(pair.substring(key.length() + 1));
            }
        }
        return -1;
    }
}
