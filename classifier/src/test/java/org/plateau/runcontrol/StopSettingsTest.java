package org.plateau.runcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.equilibration.EquilibrationSettings;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;

class StopSettingsTest {

    @TempDir private Path directory;

    private SettingsNode section(String name, String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("settings.yaml"), yaml);
        return SettingsFile.load(file).section(name);
    }

    private static final EquilibrationSection.Tolerance ONE_KELVIN =
            new EquilibrationSection.Tolerance(1, 0.001);

    @Test
    void advisesThroughTheModelApiByDefault() throws IOException {
        StopSettings stop = StopSettings.read(section("stop", "run: {name: x}\n"));
        assertEquals(StopMode.ADVISE, stop.mode());
        assertEquals(List.of(AdapterSettings.MODEL_API), stop.adapters());
        assertEquals(Set.of("equilibrated"), stop.policy().accept());
    }

    @Test
    void readsWhatIsGiven() throws IOException {
        SettingsNode section =
                section(
                        "stop",
                        "stop:\n  mode: act\n  levels: [1 mbar, 0.1 bar]\n  minimumModelTime: 2 d\n"
                                + "  adapters:\n    - {kind: stop-file, file: STOP, content: now}\n");
        StopSettings stop = StopSettings.read(section);
        section.finish();
        assertEquals(StopMode.ACT, stop.mode());
        assertEquals(List.of(100.0, 10_000.0), stop.policy().levels());
        assertEquals(2, stop.policy().minimumElapsed());
        assertEquals("STOP", stop.adapters().get(0).file());
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        SettingsNode adapter = section("stop", "stop: {adapters: [{kind: signal, file: pid}]}\n");
        SettingsException e =
                assertThrows(SettingsException.class, () -> StopSettings.read(adapter));
        assertTrue(e.getMessage().contains("a signal as TERM"), e.getMessage());
        SettingsNode accept = section("stop", "stop: {accept: [drifting]}\n");
        assertThrows(SettingsException.class, () -> StopSettings.read(accept));
    }

    @Test
    void aLevelsHorizonIsThreeRadiativeTimesWhereTheseAreKnown() throws IOException {
        EquilibrationSection section = EquilibrationSection.read(section("equilibration", "{}\n"));
        EquilibrationSettings known = section.of("temperature", ONE_KELVIN, 86_400 * 20);
        assertEquals(60, known.horizon(), 1e-9);
        assertEquals(1, known.absolute());
        assertEquals(1000, section.of("temperature", ONE_KELVIN, Double.NaN).horizon(), 1e-9);
    }

    @Test
    void aPersonsToleranceWins() throws IOException {
        SettingsNode node =
                section(
                        "equilibration",
                        "equilibration: {horizon: 50 d, tolerance: {temperature: {absolute: 3}}}\n");
        EquilibrationSection section = EquilibrationSection.read(node);
        node.finish();
        EquilibrationSettings settings = section.of("temperature", ONE_KELVIN, Double.NaN);
        assertEquals(3, settings.absolute());
        assertEquals(0, settings.relative());
        assertEquals(50, settings.horizon(), 1e-9);
    }
}
