package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.doctor.Finding.Level;

class ModelCheckTest {
    private static final Path INSPECTOR = Path.of("/build/bin/plateau-inspect");

    private static List<Finding> findings(String inspected, Map<String, String> environment) {
        Programs programs =
                new MadeUpPrograms()
                        .with("gcm.exe", 0, "")
                        .with(INSPECTOR.toString(), 0, inspected);
        return new ModelCheck("gcm.exe", INSPECTOR, programs, environment).findings();
    }

    private static Finding only(String inspected) {
        List<Finding> found = findings(inspected, Map.of());
        assertEquals(1, found.size());
        return found.get(0);
    }

    @Test
    void aModelWithASharedNetcdfIsSeenAndItsLibraryNamed() {
        Finding found =
                only(
                        "kind dynamic\nneeds libnetcdff.so.7\nneeds libc.so.6\n"
                                + "verdict seen: it writes through a shared netCDF; put"
                                + " plateau-hook before it\n");
        assertEquals(
                "ok       gcm.exe: it writes through a shared netCDF (libnetcdff.so.7); put"
                        + " plateau-hook before it",
                found.line());
    }

    @Test
    void aModelThatTheHookCannotSeeIsAProblem() {
        Finding found =
                only("verdict unseen: it writes through PnetCDF; use the model API or replay\n");
        assertEquals(Level.PROBLEM, found.level());
        assertEquals("use the model API or replay", found.remedy());
    }

    @Test
    void aVerdictWithoutAdviceNamesTheOtherWays() {
        Finding found = only("kind other\nverdict unseen: not a 64-bit ELF executable\n");
        assertEquals("use the model API or replay", found.remedy());
    }

    @Test
    void aScriptIsOnlyNoted() {
        Finding found = only("verdict unsure: a script; inspect the program that it starts\n");
        assertEquals(Level.NOTE, found.level());
    }

    @Test
    void aFileThatCannotBeReadIsAProblemInTheInspectorsWords() {
        Finding found = only("plateau-inspect: expected a readable executable, got gcm.exe\n");
        assertEquals(Level.PROBLEM, found.level());
        assertTrue(found.what().contains("expected a readable executable"), found.what());
    }

    @Test
    void aModelThatIsNotThereIsAProblem() {
        Finding found =
                new ModelCheck("gcm.exe", INSPECTOR, new MadeUpPrograms(), Map.of())
                        .findings()
                        .get(0);
        assertEquals(Level.PROBLEM, found.level());
    }

    @Test
    void whatIsNoProgramIsCalledWhatItIs(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("gcm.exe"), "");
        Map.of(folder, "found a directory", file, "found a file that may not be executed")
                .forEach(
                        (path, said) -> {
                            Finding found =
                                    new ModelCheck(
                                                    path.toString(),
                                                    INSPECTOR,
                                                    new MadeUpPrograms(),
                                                    Map.of())
                                            .findings()
                                            .get(0);
                            assertEquals(Level.PROBLEM, found.level());
                            assertTrue(found.what().endsWith(said), found.what());
                        });
    }

    @Test
    void withoutTheInspectorTheModelIsNotJudged() {
        Programs programs = new MadeUpPrograms().with("gcm.exe", 0, "");
        Finding found = new ModelCheck("gcm.exe", INSPECTOR, programs, Map.of()).findings().get(0);
        assertEquals("build it with make -C native", found.remedy());
    }

    private static List<Finding> withLibraries(String verdict, String listed) {
        Programs programs =
                new MadeUpPrograms()
                        .with("gcm.exe", 0, "")
                        .with("ldd", 0, listed)
                        .with(INSPECTOR.toString(), 0, "kind dynamic\nverdict " + verdict + "\n");
        return new ModelCheck("gcm.exe", INSPECTOR, programs, Map.of()).findings();
    }

    @Test
    void aModelWhoseOwnLibraryWritesNetcdfIsSeen() {
        List<Finding> found =
                withLibraries(
                        "unsure: it does not refer to netCDF itself; a library may",
                        "\tlibgcm.so => /gcm/libgcm.so (0x7f)\n"
                                + "\tlibnetcdf.so.19 => /usr/lib/libnetcdf.so.19 (0x7f)\n");
        assertEquals(1, found.size());
        assertEquals(Level.OK, found.get(0).level());
        assertTrue(found.get(0).what().contains("(/usr/lib/libnetcdf.so.19)"));
    }

    @Test
    void aLibraryThatTheLoaderDoesNotFindIsAProblem() {
        List<Finding> found =
                withLibraries("seen: yes; go", "\tlibnetcdf_mpi.so.19 => not found\n");
        assertEquals(2, found.size());
        assertEquals(Level.PROBLEM, found.get(1).level());
        assertTrue(found.get(1).what().startsWith("gcm.exe needs libnetcdf_mpi.so.19:"));
    }

    @Test
    void aProgramWhoseLibrariesSayNothingStaysUnsure() {
        List<Finding> found =
                withLibraries("unsure: who knows; ask", "\tlibc.so.6 => /libc.so.6\n");
        assertEquals(Level.NOTE, found.get(0).level());
    }

    @Test
    void otherPreloadsAreNoted() {
        List<Finding> found =
                findings("verdict seen: yes; go\n", Map.of("LD_PRELOAD", "/opt/libdarshan.so"));
        assertEquals(2, found.size());
        assertTrue(found.get(1).what().contains("/opt/libdarshan.so"));
    }
}
