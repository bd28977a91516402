package org.plateau.runcontrol;

import java.util.List;

/**
 * Where the stop stands after an output, for status and monitor.
 *
 * @param mode advise or act
 * @param satisfied the policy is met at this output
 * @param held outputs in a row at which it was met
 * @param hold outputs in a row that it takes
 * @param decidedBy who decided a stop: policy, person, or nobody (empty)
 * @param vetoed a person has forbidden it
 * @param waitingFor what is missing, in words
 */
public record StopState(
        StopMode mode,
        boolean satisfied,
        int held,
        int hold,
        String decidedBy,
        boolean vetoed,
        List<String> waitingFor) {
    public StopState {
        waitingFor = List.copyOf(waitingFor);
    }

    /** Whether a stop has been decided. */
    public boolean decided() {
        return !decidedBy.isEmpty();
    }
}
