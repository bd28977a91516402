package org.plateau.doctor;

import java.util.List;
import org.plateau.bridge.HookSettings;

/**
 * Whether a ring holds what one process writes at one output time: writers burst faster than a
 * queue drains, so it should hold one and a half times that.
 */
public final class RingSizeCheck implements Check {
    private static final long MIB = 1L << 20;

    /** Of the ring, kept for coordinates, time values and gaps. */
    private static final long RESERVE = MIB;

    private final String file;
    private final int variables;
    private final long burst;
    private final int writers;
    private final long ring;

    /**
     * @param file that was looked into
     * @param variables of it that are captured
     * @param bytes that they are at one output time, all writers together
     * @param writers processes among which that is shared out; at least 1
     */
    public RingSizeCheck(String file, int variables, long bytes, int writers, HookSettings hook) {
        this.file = file;
        this.variables = variables;
        this.writers = writers;
        this.burst = (bytes + writers - 1) / writers;
        this.ring = hook.ringBytes();
    }

    @Override
    public List<Finding> findings() {
        if (variables == 0) {
            return List.of(
                    Finding.problem(
                            file + ": no variable that grows with time is selected",
                            "correct hook.variables and hook.dimensions, or name another file"));
        }
        String what =
                file
                        + ": "
                        + Size.text(burst)
                        + " per output time and writing process ("
                        + variables
                        + (variables == 1 ? " variable, " : " variables, ")
                        + writers
                        + (writers == 1 ? " writer)" : " writers)");
        String remedy = "set hook.ring to " + Size.text(wanted());
        if (ring >= wanted()) {
            return List.of(Finding.ok(what + ": hook.ring, " + Size.text(ring) + ", holds it"));
        }
        if (ring >= burst + RESERVE) {
            return List.of(
                    Finding.note(what + ": hook.ring, " + Size.text(ring) + ", is scarce", remedy));
        }
        return List.of(
                Finding.problem(
                        what + ": more than hook.ring, " + Size.text(ring) + ", holds", remedy));
    }

    /** One and a half bursts and the reserve, in whole powers of two of MiB. */
    private long wanted() {
        long least = burst + burst / 2 + RESERVE;
        long size = MIB;
        while (size < least) {
            size *= 2;
        }
        return size;
    }
}
