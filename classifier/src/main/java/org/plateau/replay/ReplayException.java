package org.plateau.replay;

/** A file that cannot be replayed; the message is one line that says why. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
