package org.plateau.monitor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One request and its answer, each with the headers that keep browsers careful. One thread. */
final class Exchange {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";
    private static final HttpFields CAREFUL =
            HttpFields.from(
                    new HttpField("Content-Security-Policy", POLICY),
                    new HttpField("X-Content-Type-Options", "nosniff"),
                    new HttpField("X-Frame-Options", "DENY"),
                    new HttpField("Referrer-Policy", "no-referrer"),
                    new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
                    new HttpField("Cross-Origin-Opener-Policy", "same-origin"),
                    new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));

    private static final int WORTH_PACKING = 1024;

    private final Request request;
    private final Response response;

    Exchange(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    /** The path of the target as it was sent; empty if it has none. */
    String path() {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    /** What the guard's rules look at. */
    Guard.Request asked() {
        HttpFields headers = request.getHeaders();
        String length = headers.get(HttpHeader.CONTENT_LENGTH);
        return new Guard.Request(
                request.getMethod(),
                request.getHttpURI().asString(),
                headers.get(HttpHeader.HOST),
                headers.get("Origin"),
                headers.get("Sec-Fetch-Site"),
                headers.get(HttpHeader.AUTHORIZATION),
                headers.get(HttpHeader.CONTENT_TYPE),
                length == null || !length.matches("\\d{1,9}") ? -1 : Long.parseLong(length));
    }

    boolean acceptsGzip() {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }

    /** A small number of the query; -1 if it is absent or no number. */
    int number(String key) {
        String query = request.getHttpURI().getQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.matches(key + "=\\d{1,9}")) {
                return Integer.parseInt(pair.substring(key.length() + 1));
            }
        }
        return -1;
    }

    /** The body, or what of it fits into so many bytes. */
    byte[] body(int most) throws IOException {
        return Content.Source.asInputStream(request).readNBytes(most);
    }

    /** Packed where that pays and the asker can unpack it. */
    void bytes(int code, String contentType, byte[] body) throws IOException {
        boolean pack = body.length > WORTH_PACKING && acceptsGzip();
        if (pack) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        whole(code, contentType, pack ? Snapshot.gzip(body) : body);
    }

    private void whole(int code, String contentType, byte[] body) throws IOException {
        head(code, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        Content.Sink.write(response, true, ByteBuffer.wrap(body));
    }

    /** A body that is packed already, unpacked for those who cannot do that. */
    void gzip(String contentType, byte[] packed) throws IOException {
        if (acceptsGzip()) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
            whole(200, contentType, packed);
        } else {
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
            whole(200, contentType, plain);
        }
    }

    void json(int code, String json) throws IOException {
        bytes(code, "application/json; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
    }

    /** A refusal says its number and nothing of what was asked. */
    void refuse(int code) throws IOException {
        if (code == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        if (code == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
        }
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        json(code, "{\"error\":" + code + "}");
    }

    /** Begins an answer of unknown length. */
    void begin(String contentType, boolean packed) {
        if (packed) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        head(200, contentType);
    }

    /** Sends a piece of it at once. */
    void send(byte[] piece) throws IOException {
        Content.Sink.write(response, false, ByteBuffer.wrap(piece));
    }

    private void head(int code, String contentType) {
        response.setStatus(code);
        response.getHeaders().add(CAREFUL);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    }
}
