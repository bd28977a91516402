package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.results.Results;

/** Three ranks that write one file on an unstructured mesh, each its own cells. */
@Tag("coupler")
@ExtendWith(Workplace.class)
class UnstructuredMeshTest {
    private static final int WRITERS = 3;
    private static final int RECORDS = 4;
    private static final int LEVELS = 3;
    private static final int FIELDS = 3;
    private static final int COORDINATES = 5;

    @Test
    void everyLevelOfAMeshFromThreeWritersIsLabelledAndTheFileIsTheUnwatchedOne(Path work)
            throws Exception {
        compile(work);
        Files.writeString(
                work.resolve("plateau.yaml"),
                """
                run: {name: mesh, directory: %1$s/plateau}
                queue: {directory: %1$s/queue}
                """
                        .formatted(work));

        Program.shell(work, model("", "alone.nc")).named("alone").run().succeeded();
        Program.shell(work, "plateau run -s plateau.yaml -- " + model("plateau-hook", "seen.nc"))
                .named("watched")
                .run()
                .succeeded();

        assertEquals(-1, Files.mismatch(work.resolve("alone.nc"), work.resolve("seen.nc")));
        RunDirectory run = new RunDirectory(work.resolve("plateau"));
        assertEverythingIsLabelled(run.results());
        assertEverySlabIsUsed(run);
    }

    private static void compile(Path work) throws Exception {
        Program.shell(
                        work,
                        "mpicc -std=c11 -O2 -Wall -Wextra -Werror "
                                + Workplace.home().resolve("tests/mesh/meshwriter.c")
                                + " -o meshwriter -I/usr/lib/x86_64-linux-gnu/netcdf/mpi/include"
                                + " $(pkg-config --cflags --libs netcdf-mpi) -lm")
                .named("mpicc")
                .run()
                .succeeded();
    }

    private static String model(String hook, String file) {
        return String.join(
                " ",
                "mpirun --oversubscribe --bind-to none -np " + WRITERS,
                hook,
                "./meshwriter",
                file,
                Integer.toString(RECORDS));
    }

    private static void assertEverythingIsLabelled(Results results) {
        assertEquals(RECORDS, results.outputs());
        assertEquals(LEVELS, results.levels());
        for (float[][] output : results.probability()) {
            for (float[] level : output) {
                for (float probability : level) {
                    assertTrue(probability >= 0 && probability <= 1, "probability " + probability);
                }
            }
        }
    }

    /** Each writer wrote so many slabs of fields, and its times and coordinates. */
    private static void assertEverySlabIsUsed(RunDirectory run) throws Exception {
        long writes = WRITERS * (FIELDS * RECORDS + RECORDS + COORDINATES);
        assertEquals(writes, run.closedAccount());
        JsonNode account = run.status().path("account");
        assertEquals(WRITERS * FIELDS * RECORDS, account.path("used").asLong(), account.toString());
        for (String loss : List.of("superseded", "orphan", "dropped", "torn")) {
            assertEquals(0, account.path(loss).asLong(), account.toString());
        }
    }
}
