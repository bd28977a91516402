package org.plateau.monitor;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends answers, each with the headers that keep browsers careful. */
final class Reply {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private Reply() {}

    static void headers(HttpExchange exchange, String contentType) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", contentType);
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    static void bytes(HttpExchange exchange, int code, String contentType, byte[] body)
            throws IOException {
        headers(exchange, contentType);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    static void json(HttpExchange exchange, int code, String json) throws IOException {
        bytes(
                exchange,
                code,
                "application/json; charset=utf-8",
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** A refusal says its number and nothing of what was asked. */
    static void refuse(HttpExchange exchange, int code) throws IOException {
        if (code == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        if (code == 503) {
            exchange.getResponseHeaders().set("Retry-After", "5");
        }
        exchange.getResponseHeaders().set("Connection", "close");
        json(exchange, code, "{\"error\":" + code + "}");
    }
}
