package org.plateau.assembly;

/** How a captured write can end; every one ends in exactly one of these. */
public enum Outcome {
    /** Part of a map that was labelled. */
    USED,
    /** A coordinate, a time or another value that describes fields. */
    METADATA,
    /** Written again, or repeated after a restart, before it was used. */
    SUPERSEDED,
    /** Not usable: its partners or its time never came, or it is no input. */
    ORPHAN,
    /** Lost on the way, with the place and the reason. */
    DROPPED,
    /** Its writer died while it was being copied. */
    TORN;

    /** As in status and summary. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
