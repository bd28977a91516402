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
                                "PLATEAU_COUPLER_MPI_OPTIONS", "--bind-to none"),
                        mpirun -> "mpirun (Open MPI) 4.1.4");

        String line = String.join(" ", commands.coupler(SETTINGS, SESSION));

        assertEquals(
                "setsid /p/slurm/node.sh calm /o/mpirun --bind-to none -np 1 /p/slurm/bin/plateau coupler"
                        + " --settings /run/plateau.yaml --session /dev/shm/s",
                line);
    }

    @Test
    void overSeveralNodesTheClassifiersNodeHasRankNought() {
        PartCommands commands = new PartCommands(Map.of("PLATEAU_HOME", "/p", "HOME", "/root"));
        JobNodes nodes = new JobNodes("a", "gpu", List.of("a", "b"));

        String line =
                String.join(" ", commands.coupler(SETTINGS, SESSION, nodes, "id", Map.of("A", "")));

        assertTrue(line.contains(" -x A -x PLATEAU_HOME -np 1 --host gpu "), line);
        assertTrue(line.contains(" : -x A -x PLATEAU_HOME -np 2 --host a,b "), line);
        assertTrue(line.endsWith(" --launch id --sink-rings no"), line);
        assertTrue(line.contains("-mca plm_rsh_agent /p/slurm/agent.sh"), line);
    }

    @Test
    void whereTheSiteSaysSoSlurmItselfStartsTheRanks() {
        PartCommands commands =
                new PartCommands(Map.of("PLATEAU_HOME", "/p", "PLATEAU_COUPLER_LAUNCHER", "srun"));
        JobNodes nodes = new JobNodes("a", "a", List.of("a", "b"));

        String line = String.join(" ", commands.coupler(SETTINGS, SESSION, nodes, "id", Map.of()));

        assertTrue(line.contains("--overlap"), line);
        assertTrue(line.contains("--mpi=pmix --nodes=2 --ntasks=2 "), line);
        assertTrue(line.contains("--nodelist=a,b /p/slurm/node.sh shield "), line);
        assertTrue(line.contains(" --distribution=arbitrary --export=ALL "), line);
    }

    private static final String INTEL = "Intel(R) MPI Library for Linux* OS, Version 2021.9";

    @Test
    void besideAModelWithAnotherMpiTheCouplerOfOneNodeRunsWithoutAny() {
        PartCommands commands = new PartCommands(Map.of("PLATEAU_HOME", "/p"), mpirun -> INTEL);

        String line = String.join(" ", commands.coupler(SETTINGS, SESSION));

        assertTrue(line.contains("calm env -u OMPI_COMM_WORLD_SIZE -u PMIX_RANK /p/slurm"), line);
        String said = commands.otherMpi(new JobNodes("a", "a", List.of("a"))).orElseThrow();
        assertTrue(said.contains("mpirun: " + INTEL), said);
    }

    @Test
    void overSeveralNodesAnMpirunThatIsNotOpenMpisIsRefusedByName() {
        PartCommands commands = new PartCommands(Map.of("PLATEAU_HOME", "/p"), mpirun -> INTEL);
        JobNodes nodes = new JobNodes("a", "a", List.of("a", "b"));

        SettingsException e = assertThrows(SettingsException.class, () -> commands.otherMpi(nodes));

        assertTrue(e.getMessage().contains("on 2 nodes, found mpirun: " + INTEL), e.getMessage());
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
                        "PLATEAU_SHIELDED",
                        "yes",
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
