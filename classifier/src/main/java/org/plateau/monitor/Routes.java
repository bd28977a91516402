package org.plateau.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.plateau.results.Results;

/** The fixed table of paths and what answers them. */
final class Routes extends Handler.Abstract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/json; charset=utf-8";
    private static final int LONGEST_REASON = 200;

    /** Answers a request that the guard let through. */
    private interface Answer {
        void to(Exchange exchange) throws IOException;
    }

    private record Route(Guard.Kind kind, Answer answer) {}

    private final Guard guard;
    private final Live live;
    private final EventStream events;
    private final Maps maps;
    private final Map<String, Route> table = new HashMap<>();

    Routes(Token token, Live live, EventStream events, Maps maps, Actions actions) {
        this.guard = new Guard(token);
        this.live = live;
        this.events = events;
        this.maps = maps;
        PageFiles.load().forEach(this::page);
        data("/api/events", events::serve);
        data("/api/history", this::history);
        data("/api/map", this::map);
        data("/api/saliency", this::saliency);
        data("/api/series", this::series);
        data("/api/column", this::column);
        data("/api/status", exchange -> exchange.json(200, live.latest().statusJson()));
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
        Answer answer = exchange -> exchange.gzip(page.contentType(), page.packed());
        table.put(path, new Route(Guard.Kind.PAGE, answer));
    }

    private void data(String path, Answer answer) {
        table.put(path, new Route(Guard.Kind.DATA, answer));
    }

    private void action(String path, Action action) {
        table.put(path, new Route(Guard.Kind.ACTION, exchange -> act(exchange, action)));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            answer(new Exchange(request, response));
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        } catch (RuntimeException e) {
            Response.writeError(request, response, callback, 500);
        }
        return true;
    }

    private void answer(Exchange exchange) throws IOException {
        Route route = table.get(exchange.path());
        Guard.Kind kind = route == null ? Guard.Kind.DATA : route.kind();
        int refusal = guard.judge(exchange.asked(), kind);
        if (refusal != 0) {
            exchange.refuse(refusal);
        } else if (route == null) {
            exchange.refuse(404);
        } else {
            route.answer().to(exchange);
        }
    }

    private void history(Exchange exchange) throws IOException {
        live.looked();
        byte[] packed = live.latest().history();
        if (packed.length == 0) {
            exchange.json(200, "null");
        } else {
            exchange.gzip(TYPE, packed);
        }
    }

    private void map(Exchange exchange) throws IOException {
        int level = exchange.number("level");
        int output = exchange.number("output");
        about(
                exchange,
                "map " + level + " " + output,
                results -> level >= 0 && level < results.levels(),
                results -> maps.map(results, level, output));
    }

    private void saliency(Exchange exchange) throws IOException {
        int level = exchange.number("level");
        int output = exchange.number("output");
        try {
            about(
                    exchange,
                    "saliency " + level + " " + output,
                    results -> level >= 0 && level < results.levels(),
                    results -> maps.saliency(results, level, output));
        } catch (Saliency.BusyException e) {
            exchange.refuse(503);
        }
    }

    private void series(Exchange exchange) throws IOException {
        int level = exchange.number("level");
        int metric = exchange.number("metric");
        about(
                exchange,
                "series " + level + " " + metric,
                results ->
                        level >= 0
                                && level < results.levels()
                                && metric >= 0
                                && metric < results.metrics().size(),
                results -> LevelJson.series(results, level, metric));
    }

    private void column(Exchange exchange) throws IOException {
        int metric = exchange.number("metric");
        about(
                exchange,
                "column " + metric,
                results -> metric >= 0 && metric < results.column().metrics().size(),
                results -> LevelJson.series(results, metric));
    }

    /** Answers a question about the latest results, once for all who ask the same; else 404. */
    private void about(
            Exchange exchange,
            String question,
            Predicate<Results> sensible,
            Function<Results, ObjectNode> answer)
            throws IOException {
        Snapshot now = live.latest();
        if (now.results() == null || !sensible.test(now.results())) {
            exchange.refuse(404);
            return;
        }
        exchange.gzip(TYPE, now.answers().to(question, () -> answer.apply(now.results())));
    }

    private void metrics(Exchange exchange) throws IOException {
        String text = MetricsText.of(live.latest().status(), events.viewers());
        exchange.bytes(200, MetricsText.CONTENT_TYPE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The body repeats the path's word, so that no stray request acts. */
    private void act(Exchange exchange, Action action) throws IOException {
        JsonNode asked;
        try {
            asked = JSON.readTree(exchange.body(Guard.LONGEST_BODY + 1));
        } catch (IOException e) {
            exchange.refuse(400);
            return;
        }
        String word = exchange.path().substring("/api/".length());
        String reason = asked.path("reason").asText("");
        if (!word.equals(asked.path("confirm").asText())
                || reason.length() > LONGEST_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            exchange.refuse(400);
            return;
        }
        try {
            action.because(reason);
        } catch (IllegalArgumentException e) {
            exchange.refuse(409);
            return;
        }
        exchange.json(200, "{\"done\":\"" + word + "\"}");
    }
}
