package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.doctor.Finding.Level;

class NamedSessionCheckTest {
    @TempDir private Path folder;

    private Level level(Path session) {
        return new NamedSessionCheck(session).findings().get(0).level();
    }

    @Test
    void nothingThereIsAsItShouldBe() {
        assertEquals(Level.OK, level(folder.resolve("session")));
    }

    @Test
    void aSessionThatNobodyUsesIsNoted() throws IOException {
        assertEquals(Level.NOTE, level(Files.createDirectory(folder.resolve("session"))));
    }

    @Test
    void aSessionWithALivingPartIsAProblem() throws Exception {
        Path session = Files.createDirectory(folder.resolve("session"));
        Path ring = Files.write(session.resolve("ring.0000000000000001"), new byte[8]);
        Process writer = LockHolder.start(ring);
        try {
            assertEquals(Level.PROBLEM, level(session));
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFileInItsPlaceIsAProblem() throws IOException {
        assertEquals(Level.PROBLEM, level(Files.createFile(folder.resolve("session"))));
    }
}
