package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.replay.ModelFile;
import picocli.CommandLine;

class ReplayCommandTest {
    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path settings;
    private Path run;

    @BeforeEach
    void settings() throws IOException {
        run = directory.resolve("run");
        settings = directory.resolve("plateau.yaml");
        Files.writeString(
                settings,
                "classify: {labels: computed, sync: false}\nqueue: {directory: "
                        + directory.resolve("queue")
                        + "}\n");
    }

    private int replay(Path... files) {
        CommandLine line = Plateau.commandLine();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));
        String[] words =
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(
                                        "replay", "-s", settings.toString(), "-r", run.toString()),
                                Arrays.stream(files).map(Path::toString))
                        .toArray(String[]::new);
        return line.execute(words);
    }

    private void assertRefused(String what) {
        assertTrue(err.toString().contains(what), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertFalse(Files.exists(run), "nothing may be written");
    }

    @Test
    void aFileWithTemperatureAndWindIsLabelledIntoTheRunDirectoryThatWasNamed() throws IOException {
        assertEquals(
                0, replay(ModelFile.write(directory.resolve("a.nc"), "T", "u", "v")), "" + err);
        assertTrue(Files.exists(run.resolve("results.nc")));
        assertTrue(out.toString().contains("results: " + run), out.toString());
    }

    @Test
    void aMissingFileIsNamedBeforeAnythingIsWritten() {
        assertEquals(2, replay(directory.resolve("nowhere.nc")));
        assertRefused("nowhere.nc: expected a netCDF file, found none");
    }

    @Test
    void whatIsNoNetcdfIsNamedBeforeAnythingIsWritten() {
        assertEquals(2, replay(settings));
        assertRefused("plateau.yaml: expected a netCDF file, found something else");
    }

    @Test
    void aFileThatIsCutOffIsRefusedAndNotFilledUpWithWhateverComes() throws IOException {
        Path whole = ModelFile.write(directory.resolve("a.nc"), "T", "u", "v");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut.nc");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length * 2 / 3));
        assertEquals(2, replay(cut));
        assertRefused("cut.nc: expected a netCDF file, found one that is cut off");
    }

    @Test
    void withoutAWindItSaysWhichFieldsThereAreAndWhichSettingNamesIt() throws IOException {
        assertEquals(2, replay(ModelFile.write(directory.resolve("a.nc"), "T", "u", "wind")));
        assertRefused(
                "expected fields over time of northward wind, found T, u, wind; name the variables"
                        + " with input.northwardWind");
    }
}
