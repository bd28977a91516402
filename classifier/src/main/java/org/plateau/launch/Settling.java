package org.plateau.launch;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.plateau.settings.SettingsException;

/**
 * What is waited for before the model may start. A part that ends with the exit code of wrong
 * settings is told by an exception; an end that was ordered meanwhile is waited for no longer.
 */
final class Settling {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int USAGE = 2;

    private final Supervised coupler;
    private final Supervised classifier;
    private final Beginner beginner;

    Settling(Supervised coupler, Supervised classifier, Beginner beginner) {
        this.coupler = coupler;
        this.classifier = classifier;
        this.beginner = beginner;
    }

    /**
     * Looks at both for so long.
     *
     * @throws SettingsException the last words of one that found something wrong
     */
    void settle(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0 && !beginner.over()) {
            refuseWrongSettings(coupler);
            refuseWrongSettings(classifier);
            Launch.pause(LOOK);
        }
    }

    /**
     * Waits for the coupler of every node.
     *
     * @param meanwhile what dies is started again by that
     * @return false if it is given up or late
     */
    boolean gather(Duration most, BooleanSupplier allHere, Runnable meanwhile) {
        long until = System.nanoTime() + most.toNanos();
        while (!allHere.getAsBoolean() && !beginner.over()) {
            refuseWrongSettings(coupler);
            meanwhile.run();
            if (coupler.givenUp() || System.nanoTime() - until > 0) {
                return false;
            }
            Launch.pause(LOOK);
        }
        return true;
    }

    private static void refuseWrongSettings(Supervised part) {
        OptionalInt code = part.exitCode();
        if (code.isPresent() && code.getAsInt() == USAGE) {
            throw new SettingsException(RunFiles.lastLine(part.log()));
        }
    }
}
