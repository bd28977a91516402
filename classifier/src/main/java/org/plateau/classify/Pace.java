package org.plateau.classify;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a model makes outputs, from the latest of them. */
final class Pace {
    private static final int OUTPUTS = 64;

    private record Output(double days, double seconds) {}

    private final Deque<Output> outputs = new ArrayDeque<>();

    /**
     * Takes an output.
     *
     * @param days model time
     * @param seconds wall clock at which the model wrote it
     */
    void add(double days, double seconds) {
        if (!outputs.isEmpty() && days <= outputs.getLast().days) {
            return;
        }
        outputs.add(new Output(days, seconds));
        if (outputs.size() > OUTPUTS) {
            outputs.removeFirst();
        }
    }

    /** Model days from one output to the next; NaN before the second. */
    double days() {
        return outputs.size() < 2
                ? Double.NaN
                : (outputs.getLast().days - outputs.getFirst().days) / (outputs.size() - 1);
    }

    /** Seconds by the wall clock from one output to the next; NaN before the second. */
    double seconds() {
        return outputs.size() < 2
                ? Double.NaN
                : (outputs.getLast().seconds - outputs.getFirst().seconds) / (outputs.size() - 1);
    }
}
