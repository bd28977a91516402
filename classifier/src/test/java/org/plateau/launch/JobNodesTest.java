package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.settings.SettingsException;

class JobNodesTest {
    @TempDir private Path folder;

    private static JobNodes of(Map<String, String> environment, Path hostfile) {
        return JobNodes.of(
                environment,
                hostfile,
                "n1",
                list -> list.replace("[", "").replace("]", "").replace("n1-3", "n1\nn2\nn3\n"));
    }

    @Test
    void withoutABatchSystemThereIsThisNodeAlone() {
        JobNodes nodes = of(Map.of(), null);

        assertTrue(nodes.single());
        assertEquals("n1", nodes.sink());
    }

    @Test
    void aJobOfOneNodeAsksNobody() {
        assertTrue(of(Map.of("SLURM_JOB_NODELIST", "n1"), null).single());
    }

    @Test
    void theNodesOfASlurmJobEachGetASession() {
        JobNodes nodes = of(Map.of("SLURM_JOB_NODELIST", "n[1-3]"), null);

        assertEquals(List.of("n2", "n3"), nodes.away());
        assertEquals(List.of("n2", "n3"), nodes.relays());
        assertTrue(nodes.classifierIsHere());
    }

    @Test
    void inAHeterogeneousJobTheClassifierMayHaveANodeOfItsOwn() {
        JobNodes nodes =
                of(
                        Map.of(
                                "SLURM_JOB_NODELIST", "n[1-3]",
                                "SLURM_JOB_NODELIST_HET_GROUP_0", "n[1-3]",
                                "PLATEAU_CLASSIFIER_NODE", "gpu1"),
                        null);

        assertEquals("gpu1", nodes.sink());
        assertEquals(List.of("n1", "n2", "n3"), nodes.relays());
        assertEquals(List.of("gpu1", "n2", "n3"), nodes.away());
        assertFalse(nodes.modelOnSink());
    }

    @Test
    void aMachineFileIsReadAsMpirunReadsIt() throws IOException {
        Path file = folder.resolve("machines");
        Files.writeString(
                file, "# two\nn1 slots=4\nn2:8\nn2:8\n\nn3.site.org max_slots=2 # last\n");

        assertEquals(List.of("n1", "n2", "n3.site.org"), of(Map.of(), file).model());
        assertEquals(3, of(Map.of("PLATEAU_HOSTFILE", file.toString()), null).model().size());
    }

    @Test
    void namesWithADomainAreTheSameNodes() {
        JobNodes nodes = of(Map.of("PLATEAU_NODES", "n1.site.org, n2.site.org"), null);

        assertEquals(List.of("n2.site.org"), nodes.away());
    }

    @Test
    void fromANodeOutsideTheJobNothingIsStarted() {
        SettingsException e =
                assertThrows(
                        SettingsException.class, () -> of(Map.of("PLATEAU_NODES", "a,b"), null));

        assertTrue(e.getMessage().contains("(a, b), this is n1"), e.getMessage());
    }
}
