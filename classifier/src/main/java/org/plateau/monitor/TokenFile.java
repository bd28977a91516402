package org.plateau.monitor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Keeps a token over a restart of the monitor, so that open pages go on. */
final class TokenFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private TokenFile() {}

    /**
     * The token in this file; made, with mode 0600, if the file is not there.
     *
     * @throws IOException if others may read the file, it is a link, or it holds no token
     */
    static Token load(Path file) throws IOException {
        Token fresh = Token.random();
        try (var out =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            out.write(StandardCharsets.US_ASCII.encode(fresh.reveal() + "\n"));
            return fresh;
        } catch (FileAlreadyExistsException e) {
            return read(file);
        }
    }

    private static Token read(Path file) throws IOException {
        boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!plain
                || !OWNER_ONLY.containsAll(
                        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException(
                    file + ": expected a plain file of mode 0600, found another; remove it");
        }
        try {
            return Token.of(Files.readString(file, StandardCharsets.US_ASCII).trim());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected a token, found something else; remove it", e);
        }
    }
}
