package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plateau.cli.Plateau;
import org.plateau.settings.ModelPreset;

/**
 * Every preset is one that all parts of Plateau accept, and the documentation says what it says.
 */
class ModelPresetsTest {
    @TempDir private Path folder;

    static Stream<ModelPreset> presets() {
        return ModelPreset.all().stream();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void settingsThatNameItAreAccepted(ModelPreset preset) throws IOException {
        String text = "model: " + preset.name() + "\n";
        LaunchSettings.load(Files.writeString(folder.resolve("x.yaml"), text), folder);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void theDocumentationHasItsLine(ModelPreset preset) throws IOException {
        Path page = Path.of(System.getenv("PLATEAU_HOME")).resolve("docs/MODELS.md");
        String ways = String.join(", ", preset.ways());
        String row = "| `" + preset.name() + "` | " + preset.title() + " | " + ways + " | ";
        assertTrue(
                Files.readString(page).contains(row + preset.tried() + " |"),
                "docs/MODELS.md lacks: " + row + preset.tried() + " |");
    }

    @ParameterizedTest
    @MethodSource("presets")
    void theCommandLineShowsIt(ModelPreset preset) {
        java.io.StringWriter out = new java.io.StringWriter();
        int code =
                Plateau.commandLine()
                        .setOut(new java.io.PrintWriter(out))
                        .execute("models", preset.name());
        assertTrue(code == 0 && out.toString().contains("Tried: "), out.toString());
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 100), out.toString());
    }
}
