package org.plateau.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of native/hook/select.c, by the cases that its own tests name. */
class SelectionTest {
    private static boolean taken(
            List<String> variables, List<String> dimensions, String name, String joined) {
        HookSettings hook =
                new HookSettings(64L << 20, 1L << 30, Duration.ZERO, variables, dimensions, 1, 1);
        return new Selection(hook).includes(name, joined);
    }

    @Test
    void withoutPatternsEverythingIsTaken() {
        assertTrue(taken(List.of(), List.of(), "T", "time,lev"));
    }

    @Test
    void theLastPatternThatMatchesWins() {
        assertTrue(taken(List.of("*", "!u*", "ua"), List.of(), "ua", "time"));
        assertFalse(taken(List.of("*", "ua", "!u*"), List.of(), "ua", "time"));
    }

    @Test
    void exclusionsAloneLeaveEverythingElse() {
        assertTrue(taken(List.of("!u"), List.of(), "T", "time"));
        assertFalse(taken(List.of("!u"), List.of(), "u", "time"));
    }

    @Test
    void onceSomethingIsNamedTheRestIsNotWanted() {
        assertFalse(taken(List.of("T"), List.of(), "u", "time"));
    }

    @Test
    void bothNameAndDimensionsMustBeWanted() {
        assertTrue(taken(List.of("T"), List.of("time,l*"), "T", "time,lev,lat"));
        assertFalse(taken(List.of("T"), List.of("time,l*"), "T", "time,x"));
    }

    @Test
    void patternsAreThoseOfShells() {
        assertTrue(taken(List.of("[uv]_?00*"), List.of(), "u_500hPa", "time"));
        assertFalse(taken(List.of("[!uv]*"), List.of(), "u", "time"));
        assertFalse(taken(List.of("a.c"), List.of(), "abc", "time"));
    }
}
