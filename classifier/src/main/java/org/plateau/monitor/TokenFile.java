package org.plateau.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.plateau.queue.WholeFile;

/** Keeps a token over a restart of the monitor, so that open pages go on. */
final class TokenFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private TokenFile() {}

    /**
     * The token in this file; made, with mode 0600, if the file is not there or empty.
     *
     * @throws IOException if others may read the file, it is a link, or it holds no token
     */
    static Token load(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            refuseOthers(file);
        }
        String text = WholeFile.once(file, () -> Token.random().reveal() + "\n");
        refuseOthers(file);
        try {
            return Token.of(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected a token, found something else; remove it", e);
        }
    }

    private static void refuseOthers(Path file) throws IOException {
        boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!plain
                || !OWNER_ONLY.containsAll(
                        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException(
                    file + ": expected a plain file of mode 0600, found another; remove it");
        }
    }
}
