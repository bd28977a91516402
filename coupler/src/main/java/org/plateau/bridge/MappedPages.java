package org.plateau.bridge;

/** What the kernel is told of the pages of a mapped file. */
public final class MappedPages {
    private MappedPages() {}

    /**
     * The first touch of a page there makes that page and no more. Else the kernel takes the touch
     * for the start of a reader and makes as many as the device's readahead covers, in one go and
     * in the thread that touches: 8 MiB take some 18 ms where a page takes a microsecond. Where the
     * native library is missing everything stays as it is.
     *
     * @param address where the part of the mapping begins
     * @param bytes its length; only whole pages count
     */
    public static void touchAlone(long address, long bytes) {
        try {
            Native.touchAlone(address, bytes);
        } catch (LinkageError e) {
            // Slower, and as right.
            return;
        }
    }
}
