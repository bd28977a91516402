package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.settings.SettingsException;

class CouplerSettingsTest {
    @TempDir Path folder;

    private CouplerSettings with(String coupler) throws IOException {
        Path file = folder.resolve("plateau.yaml");
        Files.writeString(file, "coupler: {" + coupler + "}\n");
        return CouplerSettings.load(file);
    }

    @Test
    void aWindowThroughWhichNothingWouldGoIsRefusedInOneLine() throws IOException {
        assertEquals(1 << 20, with("window: 1 MiB").window());
        SettingsException refused =
                assertThrows(SettingsException.class, () -> with("window: 0 B"));
        assertTrue(refused.getMessage().contains("at least 1 MiB"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void lookingWithoutAPauseIsRefusedInOneLine() throws IOException {
        SettingsException refused =
                assertThrows(SettingsException.class, () -> with("lookEvery: 0 s"));
        assertTrue(refused.getMessage().contains("at least 10 ms"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }
}
