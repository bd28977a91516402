package org.plateau.doctor;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.plateau.launch.SessionFolder;

/** Whether the session that the settings name can be made: nothing may lie there that is in use. */
public final class NamedSessionCheck implements Check {
    private final Path session;

    public NamedSessionCheck(Path session) {
        this.session = session;
    }

    @Override
    public List<Finding> findings() {
        if (!Files.exists(session, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(Finding.ok("the session will be " + session));
        }
        if (!Files.isDirectory(session, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(
                    Finding.problem(
                            session + ": expected no file where the session goes, found one",
                            "remove it, or name another session.directory"));
        }
        try {
            return List.of(
                    new SessionFolder(session).inUse()
                            ? Finding.problem(
                                    session + ": expected no session there, found one in use",
                                    "plateau finish ends it; another session.directory lets both"
                                            + " live")
                            : Finding.note(
                                    session + " lies there from an earlier run",
                                    "it is removed at the next start"));
        } catch (UncheckedIOException e) {
            return List.of(
                    Finding.problem(
                            e.getMessage(), "remove it, or name another" + " session.directory"));
        }
    }
}
