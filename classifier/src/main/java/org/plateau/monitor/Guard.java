package org.plateau.monitor;

import java.util.Locale;
import java.util.Set;

/**
 * The rules that every request must keep before anything is done for it. Pure, so that each can be
 * tested without a socket.
 */
final class Guard {
    /** Longest request target. */
    static final int LONGEST_TARGET = 512;

    /** Longest request body. */
    static final int LONGEST_BODY = 1024;

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Token token;

    Guard(Token token) {
        this.token = token;
    }

    /** What the rules look at; absent headers are null. */
    record Request(
            String method,
            String target,
            String host,
            String origin,
            String fetchSite,
            String authorization,
            String contentType,
            long contentLength) {}

    /** What a route asks for. */
    enum Kind {
        /** The page itself: it holds no data of the run, so it needs no token. */
        PAGE,
        /** Data of the run. */
        DATA,
        /** Changes the run. */
        ACTION
    }

    /**
     * 0 if the request may go on, else the HTTP status that answers it.
     *
     * <p>A foreign page can neither name a loopback host of its own (421), nor send the header with
     * the token without a preflight that is refused (401), nor act from another origin (403).
     */
    int judge(Request request, Kind kind) {
        if (request.target().length() > LONGEST_TARGET) {
            return 414;
        }
        if (!isLoopback(request.host())) {
            return 421;
        }
        if (!request.method().equals(kind == Kind.ACTION ? "POST" : "GET")) {
            return 405;
        }
        if (kind == Kind.PAGE) {
            return 0;
        }
        if (!token.matches(request.authorization())) {
            return 401;
        }
        if (isForeign(request)) {
            return 403;
        }
        return kind == Kind.ACTION ? judgeBody(request) : 0;
    }

    private static int judgeBody(Request request) {
        if (request.contentType() == null
                || !request.contentType().toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return 415;
        }
        if (request.contentLength() < 0) {
            return 411;
        }
        return request.contentLength() > LONGEST_BODY ? 413 : 0;
    }

    private static boolean isForeign(Request request) {
        String site = request.fetchSite();
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        return request.origin() != null && !request.origin().equals("http://" + request.host());
    }

    /** Any port is right: a tunnel may end on another. */
    private static boolean isLoopback(String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d{1,5}$", "");
        return LOOPBACK.contains(name.toLowerCase(Locale.ROOT));
    }
}
