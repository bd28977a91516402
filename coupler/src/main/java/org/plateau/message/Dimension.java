package org.plateau.message;

import java.util.Objects;

/**
 * A dimension of a variable.
 *
 * @param name its name
 * @param length its length as known at the write; inside the call that starts a record, the record
 *     dimension still has its old one
 * @param unlimited whether it is the record dimension
 */
public record Dimension(String name, long length, boolean unlimited) {
    public Dimension {
        Objects.requireNonNull(name);
        if (length < 0) {
            throw new MalformedRecordException("dimension " + name + " of length " + length);
        }
    }
}
