package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home of Plateau, made of links to the real one, in which one program is another. */
final class AlteredHome {
    private AlteredHome() {}

    /**
     * Makes it in a directory.
     *
     * @param program its place in the home
     * @param script what stands there, for bash
     */
    static Path in(Path work, String program, String script) throws IOException {
        Path home = Files.createDirectory(work.resolve("home"));
        Path real = Workplace.home();
        Path made = home;
        for (Path name : Path.of(program).getParent()) {
            linkAllBut(name, real, made);
            real = real.resolve(name);
            made = Files.createDirectory(made.resolve(name));
        }
        Path altered = made.resolve(Path.of(program).getFileName());
        linkAllBut(altered.getFileName(), real, made);
        Files.writeString(altered, "#!/bin/bash\n" + script);
        assertTrue(altered.toFile().setExecutable(true));
        return home;
    }

    private static void linkAllBut(Path name, Path from, Path to) throws IOException {
        try (var entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                if (!entry.endsWith(name)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }
}
