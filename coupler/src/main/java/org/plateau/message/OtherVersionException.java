package org.plateau.message;

/** A record, or its descriptor, written by a program that speaks another version of the format. */
public final class OtherVersionException extends RecordException {
    private static final long serialVersionUID = 1L;

    OtherVersionException(String what, long found, int known) {
        super(
                what
                        + " is of format version "
                        + found
                        + ", this program reads version "
                        + known
                        + ": use the hook and the coupler of one release");
    }
}
