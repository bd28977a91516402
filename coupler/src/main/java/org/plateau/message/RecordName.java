package org.plateau.message;

import static org.plateau.message.RecordLayout.*;

import java.nio.ByteBuffer;

/**
 * What tells one record from every other; two records of one name are the same record sent twice.
 *
 * @param source identity of the ring
 * @param kind code of the record's kind
 * @param file number of the open file
 * @param sequence number of the write
 * @param piece number of the piece
 * @param descriptorHash the variable
 * @param reason why writes are missing, for gaps
 */
public record RecordName(
        long source,
        int kind,
        long file,
        long sequence,
        int piece,
        long descriptorHash,
        int reason) {

    /** The name of the record whose fixed header starts at the buffer's position, unchecked. */
    public static RecordName of(ByteBuffer header) {
        int at = header.position();
        return new RecordName(
                header.getLong(at + AT_SOURCE),
                Short.toUnsignedInt(header.getShort(at + AT_KIND)),
                header.getLong(at + AT_FILE),
                header.getLong(at + AT_SEQUENCE),
                header.getInt(at + AT_PIECE),
                header.getLong(at + AT_HASH),
                header.getInt(at + AT_REASON));
    }
}
