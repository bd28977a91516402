package org.plateau.monitor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * Pieces of text for a gzip stream that never ends. Each is packed by itself, so that the same
 * bytes fit behind any other piece: what is packed once can be sent to every follower.
 */
final class PackedText {
    /** What comes before the first piece (RFC 1952): deflate, no flags, no time, Unix. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

    private static final int CHUNK = 8192;

    private PackedText() {}

    static byte[] head() {
        return HEAD.clone();
    }

    /** Ends at a byte's border and refers to nothing before it. */
    static byte[] piece(String text) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            int length = chunk.length;
            while (length == chunk.length) {
                length = deflater.deflate(chunk, 0, chunk.length, Deflater.FULL_FLUSH);
                packed.write(chunk, 0, length);
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
