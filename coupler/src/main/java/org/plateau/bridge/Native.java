package org.plateau.bridge;

import java.nio.ByteBuffer;

/** The C side ({@code native/bridge/bridge.c}); handles are addresses of its structs, never 0. */
final class Native {
    static {
        System.loadLibrary("plateau_bridge");
    }

    private Native() {}

    static native long createSession(
            String directory,
            long ringBytes,
            long sharedBytes,
            long waitNanos,
            long recordStride,
            String variables,
            String dimensions);

    static native long openSession(String directory);

    /** A line if fewer than wanted could be made, or null. */
    static native String prepareRings(long session, String directory, int wanted);

    /** Removes a claimed ring whose writer died before naming it. */
    static native boolean sweep(long session, String path);

    static native void closeSession(long session);

    static native boolean await(long session, long timeoutNanos);

    static native boolean rung(long session);

    static native void requestStop(long session, boolean stop);

    static native boolean stopRequested(long session);

    static native long openRing(long session, String path);

    static native void closeRing(long ring);

    static native long source(long ring);

    /** A direct buffer over the next record, or null. */
    static native ByteBuffer poll(long ring);

    static native void release(long ring);

    static native boolean finished(long ring);

    /** Fills in the components of {@link RingStatistics} in their order. */
    static native void statistics(long ring, long[] into);

    static native void removeRing(long session, long ring, String path);

    /** Whole pages between these addresses; see {@link MappedPages#touchAlone}. */
    static native void touchAlone(long address, long bytes);

    /** Maps all of a file and keeps it open; 0 if that does not go. */
    static native long keepFile(String path);

    /** A direct buffer over all of a kept file. */
    static native ByteBuffer keptBytes(long file);

    /** Bytes up to the end of the last page of a kept file that is there; -1 if not known. */
    static native long endOfData(long file);

    /**
     * Makes a part of a kept file zeros; it begins at a page.
     *
     * @param mapped whether all its pages are there and mapped; else they are asked for first
     * @return false if there are pages missing that cannot be made
     */
    static native boolean clearFile(long file, long from, long until, boolean mapped);

    /** Unmaps and closes a kept file. */
    static native void letGoOfFile(long file);
}
