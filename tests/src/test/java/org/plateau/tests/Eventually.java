package org.plateau.tests;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for something that another process does. */
final class Eventually {
    private Eventually() {}

    static void holds(String what, Duration limit, Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited " + limit + " for this in vain: " + what);
            }
            Thread.sleep(50);
        }
    }
}
