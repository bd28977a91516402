package org.plateau.message;

/** Why captured writes are missing; the order is that of the codes, which start at 1. */
public enum GapReason {
    RING_FULL("ring full"),
    CAPTURE_OFF("capture turned off"),
    SECOND_THREAD("second thread"),
    RECORD_TOO_LARGE("record too large"),
    QUEUE_FULL("queue full"),
    LINK_LOST("link lost"),
    MEMORY_LIMIT("memory limit"),
    INTERNAL_FAULT("internal fault"),
    NOT_NUMBERS("not numbers"),
    NOT_DESCRIBED("not described");

    private static final GapReason[] ALL = values();
    private final String text;

    GapReason(String text) {
        this.text = text;
    }

    /** The number that stands for it in a header. */
    public int code() {
        return ordinal() + 1;
    }

    /** The reason in words. */
    public String text() {
        return text;
    }

    /** The reason of that number; what a newer writer may give counts as an internal fault. */
    public static GapReason of(int code) {
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : INTERNAL_FAULT;
    }
}
