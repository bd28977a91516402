package org.plateau.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The programs of this machine. */
public interface Programs {
    /** The executable of that name on the PATH, or at that path if it has a slash. */
    Optional<Path> find(String name);

    /** Runs a program that answers at once; what it wrote to both outputs, and how it ended. */
    Answer run(List<String> command);

    /**
     * How a program ended.
     *
     * @param code exit status; -1 if it could not be started or did not end in time
     * @param text what it wrote
     */
    record Answer(int code, String text) {
        /** The first line that says something. */
        String firstLine() {
            return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
        }
    }
}
