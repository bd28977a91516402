package org.plateau.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.plateau.results.StatusText;

/** How far something long has come: a line now and then, none for what is done at once. */
final class Progress {
    private static final long PAUSE = Duration.ofSeconds(5).toNanos();

    private final PrintWriter out;
    private final String done;
    private final long total;
    private final LongSupplier clock;
    private final long begun;
    private long told;
    private long first = -1;

    /**
     * @param done what the count is of, as in {@code labelled 3 of 10 outputs}
     * @param clock nanoseconds
     */
    Progress(PrintWriter out, String done, long total, LongSupplier clock) {
        this.out = out;
        this.done = done;
        this.total = total;
        this.clock = clock;
        this.begun = clock.getAsLong();
        this.told = begun;
    }

    /** Says where it stands if that has not been said for some seconds. */
    void at(long count) {
        first = first < 0 ? count : first;
        long now = clock.getAsLong();
        if (now - told < PAUSE || count > total) {
            return;
        }
        told = now;
        double rate = (count - first) / Math.max(1.0, now - begun);
        String left =
                rate > 0
                        ? "; about "
                                + StatusText.span(Duration.ofNanos((long) ((total - count) / rate)))
                                + " to go"
                        : "";
        out.printf(
                Locale.ROOT,
                "%s %d of %d outputs (%.0f %%)%s%n",
                done,
                count,
                total,
                100.0 * count / Math.max(1, total),
                left);
        out.flush();
    }
}
