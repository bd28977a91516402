package org.plateau.doctor;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing that was found.
 *
 * @param level whether a run would work with it
 * @param what was found, in plain words
 * @param remedy what to do about it; empty if nothing
 */
public record Finding(Level level, String what, String remedy) {
    /** What a finding means for a run. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Worth knowing; a run works. */
        NOTE,
        /** A run would not work. */
        PROBLEM
    }

    public Finding {
        Objects.requireNonNull(level);
        what = oneLine(what);
        remedy = oneLine(remedy);
        if (level == Level.PROBLEM && remedy.isEmpty()) {
            throw new IllegalArgumentException("expected what to do about: " + what);
        }
    }

    public static Finding ok(String what) {
        return new Finding(Level.OK, what, "");
    }

    public static Finding note(String what, String remedy) {
        return new Finding(Level.NOTE, what, remedy);
    }

    public static Finding problem(String what, String remedy) {
        return new Finding(Level.PROBLEM, what, remedy);
    }

    /** The finding in one line. */
    public String line() {
        String text = remedy.isEmpty() ? what : what + "; " + remedy;
        return String.format(Locale.ROOT, "%-8s %s", level.name().toLowerCase(Locale.ROOT), text);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
