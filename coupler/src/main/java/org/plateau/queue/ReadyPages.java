package org.plateau.queue;

import net.openhft.chronicle.core.OS;
import org.plateau.bridge.MappedPages;

/**
 * Pages of the mapped file behind the last record that have been touched already.
 *
 * <p>The first touch of a page costs several times what copying it does: the kernel has to find,
 * clear and map it. A page is touched by exchanging a zero for a zero, which changes nothing,
 * whatever stands there. Not thread-safe.
 */
final class ReadyPages {
    /** Less than that is not worth a call. */
    static final long LEAST = 64 << 10;

    private static final long PAGE = OS.defaultOsPageSize();

    private long end;
    private long ready;
    private long mapped;

    /**
     * A record has been written.
     *
     * @param end address behind it
     * @param behind bytes that are mapped behind it
     */
    void written(long end, long behind) {
        boolean moved = end + behind != mapped;
        if (moved) {
            MappedPages.touchAlone(end, behind);
        }
        this.end = end;
        mapped = end + behind;
        ready = moved ? end : Math.max(ready, end);
    }

    /** Nothing is known of what is mapped until the next record. */
    void forget() {
        end = 0;
        ready = 0;
        mapped = 0;
    }

    /** Bytes that are ready behind the last record. */
    long bytes() {
        return ready - end;
    }

    /**
     * Makes more pages ready.
     *
     * @return bytes; 0 if no more are mapped
     */
    long more(long bytes) {
        long from = ready;
        long until = Math.min(mapped, ready + bytes);
        for (long page = (ready + PAGE - 1) / PAGE * PAGE; page + PAGE <= until; page += PAGE) {
            OS.memory().compareAndSwapInt(page, 0, 0);
            ready = page + PAGE;
        }
        return ready - from;
    }
}
