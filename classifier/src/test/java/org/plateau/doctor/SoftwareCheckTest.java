package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.doctor.Finding.Level;

class SoftwareCheckTest {
    @TempDir private Path build;

    private List<Finding> findings(int java) {
        return new SoftwareCheck(java, Path.of("/opt/jdk"), build).findings();
    }

    @Test
    void aJavaTooOldIsAProblem() {
        assertEquals(Level.PROBLEM, findings(11).get(0).level());
        assertEquals(Level.OK, findings(21).get(0).level());
    }

    @Test
    void whatIsNotBuiltIsNamed() throws IOException {
        Files.createDirectories(build.resolve("lib"));
        Files.writeString(build.resolve("lib/libplateau_hook.so"), "");
        Finding found = findings(17).get(1);
        assertEquals(Level.PROBLEM, found.level());
        assertTrue(found.what().contains("lacks lib/libplateau_bridge.so"), found.what());
    }

    @Test
    void aWholeBuildIsFine() throws IOException {
        Files.createDirectories(build.resolve("lib"));
        Files.createDirectories(build.resolve("bin"));
        for (String name : List.of("lib/libplateau_hook.so", "lib/libplateau_bridge.so")) {
            Files.writeString(build.resolve(name), "");
        }
        Files.writeString(build.resolve("lib/libplateau.so"), "");
        Files.writeString(build.resolve("bin/plateau-inspect"), "");
        assertEquals(Level.OK, findings(17).get(1).level());
    }
}
