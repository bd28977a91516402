package org.plateau.launch;

/** There is a session of that name already, which somebody uses. */
final class SessionTakenException extends LaunchException {
    private static final long serialVersionUID = 1L;

    SessionTakenException(String message) {
        super(message);
    }
}
