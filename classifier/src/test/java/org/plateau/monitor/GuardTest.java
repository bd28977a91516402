package org.plateau.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plateau.monitor.Guard.Kind;
import org.plateau.monitor.Guard.Request;

class GuardTest {
    private final Token token = Token.random();
    private final Guard guard = new Guard(token);

    private Request get(String host, String authorization) {
        return new Request("GET", "/api/status", host, null, null, authorization, null, -1);
    }

    private Request post(String origin, String site, String type, long length) {
        String right = "Bearer " + token.reveal();
        return new Request("POST", "/api/stop", "localhost:9", origin, site, right, type, length);
    }

    @Test
    void dataNeedsTheToken() {
        assertEquals(0, guard.judge(get("127.0.0.1:1", "Bearer " + token.reveal()), Kind.DATA));
        assertEquals(401, guard.judge(get("127.0.0.1:1", null), Kind.DATA));
        assertEquals(401, guard.judge(get("127.0.0.1:1", "Bearer "), Kind.DATA));
        assertEquals(401, guard.judge(get("127.0.0.1:1", token.reveal()), Kind.DATA));
        assertEquals(
                401, guard.judge(get("127.0.0.1:1", "Bearer " + token.reveal() + "x"), Kind.DATA));
    }

    @Test
    void thePageItselfHoldsNoDataAndNeedsNone() {
        assertEquals(0, guard.judge(get("localhost", null), Kind.PAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:80", "localhost:65535", "[::1]:8", "LOCALHOST"})
    void loopbackNamesAreServedOnAnyPort(String host) {
        assertEquals(0, guard.judge(get(host, null), Kind.PAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost@evil", "", "::1"})
    void otherNamesThatResolveHereAreNot(String host) {
        assertEquals(421, guard.judge(get(host, null), Kind.PAGE));
    }

    @Test
    void aRequestWithoutHostIsRefused() {
        assertEquals(421, guard.judge(get(null, null), Kind.PAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:9, same-origin, application/json, 10, 0",
        ", , application/json, 10, 0",
        "http://localhost:10, , application/json, 10, 403",
        "http://evil.example, , application/json, 10, 403",
        "null, , application/json, 10, 403",
        ", cross-site, application/json, 10, 403",
        ", same-site, application/json, 10, 403",
        ", , text/plain, 10, 415",
        ", , application/x-www-form-urlencoded, 10, 415",
        ", , , 10, 415",
        ", , application/json, -1, 411",
        ", , application/json, 1025, 413",
    })
    void actionsComeOnlyFromThePageItself(
            String origin, String site, String type, long length, int expected) {
        assertEquals(expected, guard.judge(post(origin, site, type, length), Kind.ACTION));
    }

    @Test
    void readingAnActionAndWritingDataAreNoMethods() {
        Request get = get("localhost", "Bearer " + token.reveal());
        assertEquals(405, guard.judge(get, Kind.ACTION));
        assertEquals(405, guard.judge(post(null, null, "application/json", 2), Kind.DATA));
    }

    @Test
    void aLongTargetIsRefusedFirst() {
        Request request =
                new Request(
                        "GET",
                        "/" + "a".repeat(Guard.LONGEST_TARGET),
                        "evil.example",
                        null,
                        null,
                        null,
                        null,
                        -1);
        assertEquals(414, guard.judge(request, Kind.PAGE));
    }

    @Test
    void aTokenNeverShowsInItsText() {
        assertFalse(token.toString().contains(token.reveal()));
        assertTrue(token.reveal().length() >= 43);
        assertFalse(Token.random().matches("Bearer " + token.reveal()));
    }
}
