package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plateau.classify.ClassifierSettings;
import org.plateau.coupler.CouplerSettings;
import org.plateau.monitor.MonitorSettings;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;

/** config/plateau.yaml is what it says it is: every key, with its default. */
class DocumentedSettingsTest {
    private static final Path DOCUMENTED =
            Path.of(System.getenv("PLATEAU_HOME")).resolve("config/plateau.yaml");

    @TempDir private Path folder;

    @Test
    void everyValueInItIsTheDefault() throws IOException {
        Path none = Files.writeString(folder.resolve("none.yaml"), "# nothing\n");

        assertEquals(
                ClassifierSettings.read(SettingsFile.load(none)).toString(),
                ClassifierSettings.read(SettingsFile.load(DOCUMENTED)).toString());
        assertEquals(
                CouplerSettings.load(none).toString(), CouplerSettings.load(DOCUMENTED).toString());
        assertEquals(
                MonitorSettings.read(SettingsFile.load(none).section("monitor")),
                MonitorSettings.read(SettingsFile.load(DOCUMENTED).section("monitor")));
        LaunchSettings bare = LaunchSettings.load(none, folder);
        LaunchSettings full = LaunchSettings.load(DOCUMENTED, folder);
        assertEquals(bare.run(), full.run());
        assertEquals(bare.session(), full.session());
        assertEquals(bare.hook(), full.hook());
    }

    @Test
    void itKnowsNoKeyThatNobodyReads() {
        LaunchSettings.load(DOCUMENTED, folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run:nam: a|run.nam: unknown key",
                "session:silense: 1 s|session.silense: unknown key",
                "hook:rings: 1 MiB|hook.rings: unknown key",
                "queue:maxBits: 1 MiB|queue.maxBits: unknown key",
                "input:temprature: T|input.temprature: unknown key",
                "planet:raduis: 1 m|planet.raduis: unknown key",
                "levels:usw: all|levels.usw: unknown key",
                "assembly:ram: 1 GiB|assembly.ram: unknown key",
                "classify:bach: 3|classify.bach: unknown key",
                "equilibration:alfa: 0.1|equilibration.alfa: unknown key",
                "stop:mod: act|stop.mod: unknown key",
                "coupler:windows: 1 MiB|coupler.windows: unknown key",
                "network:engin: onnx|network.engin: unknown key",
                "monitor:viewer: 3|monitor.viewer: unknown key",
                "monitor:port: 99999|monitor.port: expected -1 (off), 0 (any free one)",
                "monitor:viewers: 0|monitor.viewers: expected 1 to 1000, found 0"
            })
    void aMistakeInAnySectionIsSaidBeforeAnythingIsStarted(String text, String said)
            throws IOException {
        Path file =
                Files.writeString(folder.resolve("x.yaml"), text.replaceFirst(":", ":\n  ") + "\n");
        String message =
                assertThrows(SettingsException.class, () -> LaunchSettings.load(file, folder))
                        .getMessage();
        assertTrue(message.startsWith(file + ":2: " + said), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop:\n  metrics: [rms_wnd]\n",
                "equilibration:\n  tolerance: {rms_wnd: {relative: 0.01}}\n"
            })
    void aMetricThatThereIsNotIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), text);
        String message =
                assertThrows(SettingsException.class, () -> LaunchSettings.load(file, folder))
                        .getMessage();
        assertTrue(message.startsWith(file + ":2: "), message);
        assertTrue(message.endsWith("found 'rms_wnd'"), message);
    }
}
