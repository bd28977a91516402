package org.plateau.message;

/** Bytes that are not a record of this format, or that contradict themselves. */
public final class MalformedRecordException extends RecordException {
    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }
}
