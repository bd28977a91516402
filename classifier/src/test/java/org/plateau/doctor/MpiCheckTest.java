package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.doctor.Finding.Level;

class MpiCheckTest {
    @TempDir private Path folder;

    private List<Level> levels(Programs programs, boolean bindings) {
        return new MpiCheck("mpirun", programs, bindings, List.of(folder))
                .findings().stream().map(Finding::level).toList();
    }

    @Test
    void openMpiWithItsBindingsIsFine() throws IOException {
        Files.writeString(folder.resolve("libmpi_java.so"), "");
        Programs programs = new MadeUpPrograms().with("mpirun", 0, "mpirun (Open MPI) 4.1.4\n");
        assertEquals(List.of(Level.OK, Level.OK, Level.OK), levels(programs, true));
    }

    @Test
    void anotherMpiCannotStartTheCoupler() {
        Programs programs = new MadeUpPrograms().with("mpirun", 0, "HYDRA build details:\n");
        assertEquals(Level.PROBLEM, levels(programs, true).get(0));
    }

    @Test
    void withoutMpiEverythingIsMissing() {
        List<Level> found = levels(new MadeUpPrograms(), false);
        assertEquals(List.of(Level.PROBLEM, Level.PROBLEM, Level.PROBLEM), found);
    }
}
