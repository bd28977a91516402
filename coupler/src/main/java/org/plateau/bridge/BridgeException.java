package org.plateau.bridge;

/** A session or ring could not be created, opened or read; the message is one line for the user. */
public final class BridgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Called from native code as well. */
    public BridgeException(String message) {
        super(message);
    }
}
