package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plateau.settings.SettingsException;

class PartCommandsTest {
    private static final Path SETTINGS = Path.of("/run/plateau.yaml");
    private static final Path SESSION = Path.of("/dev/shm/s");

    @Test
    void theCouplerIsOneRankOfTheMpirunThatTheSiteNames() {
        PartCommands commands =
                new PartCommands(
                        Map.of(
                                "PLATEAU_HOME", "/p",
                                "PLATEAU_COUPLER_MPIRUN", "/o/mpirun",
                                "PLATEAU_COUPLER_MPI_OPTIONS", "--bind-to none"));

        String line = String.join(" ", commands.coupler(SETTINGS, SESSION));

        assertEquals(
                "setsid nice -n 5 /o/mpirun --bind-to none -np 1 /p/slurm/bin/plateau coupler"
                        + " --settings /run/plateau.yaml --session /dev/shm/s",
                line);
    }

    @Test
    void partsRunOnTheCoresThatTheSettingsGiveAway() {
        PartCommands commands =
                new PartCommands(Map.of("PLATEAU_HOME", "/p", "PLATEAU_CORES", "6,7"));

        assertTrue(String.join(" ", commands.classifier(SETTINGS)).contains("taskset -c 6,7"));
    }

    @Test
    void aPartsEnvironmentMayHoldEmptyValues() {
        PartCommands commands =
                new PartCommands(
                        Map.of(
                                "PLATEAU_HOME", "/p",
                                "PLATEAU_COUPLER_ENV", "UCX_ERROR_SIGNALS= A=b=c"));

        assertEquals(
                Map.of(
                        "UCX_ERROR_SIGNALS",
                        "",
                        "A",
                        "b=c",
                        "PLATEAU_RUN_DIRECTORY",
                        "/d",
                        "PLATEAU_QUEUE_DIRECTORY",
                        "/q"),
                commands.couplerEnvironment(Path.of("/d"), Path.of("/q")));
    }

    @Test
    void aWordThatIsNoAssignmentIsNamed() {
        PartCommands commands =
                new PartCommands(Map.of("PLATEAU_HOME", "/p", "PLATEAU_COUPLER_ENV", "oops"));

        SettingsException e =
                assertThrows(
                        SettingsException.class,
                        () -> commands.couplerEnvironment(Path.of("/d"), Path.of("/q")));
        assertTrue(e.getMessage().contains("'oops'"), e.getMessage());
    }

    @Test
    void withoutItsHomeNothingCanBeStarted() {
        SettingsException e =
                assertThrows(SettingsException.class, () -> new PartCommands(Map.of()));
        assertEquals(List.of("PLATEAU_HOME"), List.of(e.getMessage().split(" ")[1]));
    }
}
