package org.plateau.assembly;

/**
 * A captured write on its way to an outcome.
 *
 * @param source identity of the ring
 * @param sequence number within the source
 * @param index of its first record in the inbox: from where to read again after a crash
 * @param written when it was captured, ns since 1970
 */
public record Write(long source, long sequence, long index, long written) {
    boolean sameAs(Write other) {
        return source == other.source && sequence == other.sequence;
    }
}
