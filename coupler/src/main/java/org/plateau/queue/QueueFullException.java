package org.plateau.queue;

/** There is no room for a record now; nothing was appended and the queue is as it was. */
public final class QueueFullException extends QueueException {
    private static final long serialVersionUID = 1L;

    public QueueFullException(String message) {
        super(message);
    }
}
