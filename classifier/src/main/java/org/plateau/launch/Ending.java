package org.plateau.launch;

import java.io.IOException;

/**
 * How the model's command ended, as far as the launch saw it.
 *
 * @param exitCode of the command; 0 if it is not known
 * @param signalled whether a signal to Plateau ended it
 */
record Ending(int exitCode, boolean signalled) {
    /** Nobody looked, as after a job script's own line. */
    static final Ending UNSEEN = new Ending(0, false);

    private static final int SIGNALS = 128;

    /** What is said of a program that was not started; Java puts a number before the reason. */
    static String notStarted(String program, IOException e) {
        String why = String.valueOf(e.getMessage()).replaceFirst("(?s).*error=\\d+, ", "");
        return "expected a program that can be started, found "
                + program
                + ": "
                + why
                + "; name it by its path, or put its folder on PATH";
    }

    /** What is said of it where no stop explains it; {@code ended} for a usual end. */
    String text() {
        if (signalled) {
            return "ended by a signal";
        }
        if (exitCode == 0) {
            return "ended";
        }
        return "the model failed with exit code "
                + exitCode
                + (exitCode > SIGNALS && exitCode < SIGNALS + 65
                        ? " (signal " + (exitCode - SIGNALS) + ")"
                        : "");
    }

    boolean usual() {
        return !signalled && exitCode == 0;
    }
}
