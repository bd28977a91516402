package org.plateau.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPresetTest {
    private static final String HEAD = "model: {title: Mine, ways: [live], how: x, tried: y}\n";

    @TempDir private Path folder;

    private SettingsNode over(String preset, String own) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), HEAD + preset);
        Path file = folder.resolve("x.yaml");
        return SettingsFile.load(Files.writeString(file, "model: mine.yaml\n" + own));
    }

    private static String complaint(org.junit.jupiter.api.function.Executable executable) {
        String message = assertThrows(SettingsException.class, executable).getMessage();
        assertEquals(1, message.lines().count(), "one line");
        return message;
    }

    @Test
    void theUsersSettingsWinKeyByKeyAndTheRestIsThePresets() throws IOException {
        SettingsNode input =
                over(
                                "input:\n  temperature: T\n  eastwardWind: U\n  files: [a, b]\n",
                                "input:\n  eastwardWind: mine\n  files: [c]\n")
                        .section("input");
        assertEquals("T", input.text("temperature", ""));
        assertTrue(input.fromPreset("temperature"));
        assertEquals("mine", input.text("eastwardWind", ""));
        assertFalse(input.fromPreset("eastwardWind"));
        assertEquals(List.of("c"), input.texts("files", List.of()), "lists are not mixed");
        input.finish();
    }

    @Test
    void sectionsWithinSectionsAreTakenKeyByKeyToo() throws IOException {
        SettingsNode inner =
                over("planet:\n  deep: {a: 1, b: 2}\n", "planet:\n  deep:\n    b: 3\n")
                        .section("planet")
                        .section("deep");
        assertEquals(1, inner.integer("a", 0));
        assertEquals(3, inner.integer("b", 0));
    }

    @Test
    void aKeyThatTheUserLeavesEmptyIsThePresets() throws IOException {
        SettingsNode root = over("input:\n  temperature: T\n", "input:\n  temperature:\n");
        assertEquals("T", root.section("input").text("temperature", ""));
    }

    @Test
    void aSectionThatThePresetAloneHasIsThere() throws IOException {
        assertEquals(
                "T",
                over("input: {temperature: T}\n", "").section("input").text("temperature", ""));
    }

    @Test
    void anUnknownKeyOfThePresetIsNamedWithThePresetsFileAndLine() throws IOException {
        SettingsNode input = over("input:\n  temprature: T\n", "").section("input");
        input.text("temperature", "");
        String message = complaint(input::finish);
        assertTrue(
                message.startsWith(folder.resolve("mine.yaml") + ":3: input.temprature"), message);
    }

    @Test
    void aWrongValueIsNamedWithTheFileThatItComesFrom() throws IOException {
        SettingsNode input = over("input:\n  n: many\n", "run: {name: x}\n").section("input");
        String message = complaint(() -> input.integer("n", 0));
        assertTrue(message.startsWith(folder.resolve("mine.yaml") + ":3: input.n"), message);
    }

    @Test
    void aSectionOfThePresetThatNobodyKnowsIsRefused() {
        assertTrue(complaint(() -> over("imput: {}\n", "")).contains("imput: unknown key"));
    }

    @Test
    void aModelWithoutPresetIsRefusedWithThoseThatThereAre() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "run: {}\nmodel: dynamiko\n");
        String message = complaint(() -> SettingsFile.load(file));
        assertTrue(message.startsWith(file + ":2: model: expected one of cesm-exocam,"), message);
        assertTrue(message.endsWith("found dynamiko"), message);
    }

    @Test
    void everyPresetSaysHowItsOutputComesInAndWhatWasTried() {
        List<ModelPreset> all = ModelPreset.all();
        List<String> names = all.stream().map(ModelPreset::name).toList();
        assertEquals(
                List.of(
                        "cesm-exocam",
                        "dynamico",
                        "isca",
                        "lmdz",
                        "minigcm",
                        "mitgcm",
                        "nemo",
                        "plasim",
                        "um"),
                names);
        for (ModelPreset preset : all) {
            assertFalse(preset.title().isEmpty(), preset.name());
            assertFalse(preset.how().isEmpty(), preset.name());
            assertFalse(preset.tried().isEmpty(), preset.name());
        }
    }
}
