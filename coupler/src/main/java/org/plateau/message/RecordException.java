package org.plateau.message;

/**
 * A record that cannot be read; the message is one line that says what is wrong with it. Damaged
 * bytes may be quoted in it, so control characters are shown as {@code ?}.
 */
public abstract class RecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordException(String message) {
        super(message.replaceAll("\\p{Cntrl}", "?"));
    }
}
