package org.plateau.message;

import java.nio.ByteBuffer;

/** The FNV-1a hash of 64 bits (Fowler, Noll and Vo), which names a descriptor. */
final class Fnv {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fnv() {}

    /** The hash of what lies between the buffer's position and its limit. */
    static long hash(ByteBuffer bytes) {
        long h = OFFSET;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            h = (h ^ (bytes.get(i) & 0xff)) * PRIME;
        }
        return h;
    }
}
