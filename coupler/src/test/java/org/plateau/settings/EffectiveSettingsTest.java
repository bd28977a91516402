package org.plateau.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.settings.EffectiveSettings.Line;

class EffectiveSettingsTest {
    @TempDir private Path folder;

    @Test
    void theUsersValueCountsThenThePresetsThenTheDefaultEachWithItsPlace() throws IOException {
        Path documented =
                Files.writeString(
                        folder.resolve("documented.yaml"),
                        "model:\nrun: {name: run, length: }\nhook:\n  ring: 64 MiB\n"
                                + "  variables: []\nequilibration: {tolerance: {}}\n");
        Path preset =
                Files.writeString(
                        folder.resolve("preset.yaml"),
                        "model: {title: A, ways: [live]}\nhook: {variables: [T, u]}\n");
        Path own =
                Files.writeString(
                        folder.resolve("own.yaml"),
                        "model: preset.yaml\nrun:\n  name: mine\n"
                                + "equilibration: {tolerance: {rms_wind: {relative: 0.01}}}\n");
        assertEquals(
                List.of(
                        new Line("model", "preset.yaml", own + ":1"),
                        new Line("run.name", "mine", own + ":3"),
                        new Line("run.length", "", ""),
                        new Line("hook.ring", "64 MiB", ""),
                        new Line("hook.variables", "[T, u]", "preset " + preset + ":2"),
                        new Line("equilibration.tolerance.rms_wind.relative", "0.01", own + ":4")),
                EffectiveSettings.of(own, documented));
    }
}
