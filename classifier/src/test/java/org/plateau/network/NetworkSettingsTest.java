package org.plateau.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;

class NetworkSettingsTest {

    @TempDir Path directory;

    @Test
    void defaultsAreTheRecordsOwn() throws Exception {
        assertEquals(NetworkSettings.DEFAULTS, read("network: {}"));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertEquals(
                new NetworkSettings("dl4j", "cuda:3", 7, "/net"),
                read("network: {engine: dl4j, device: 'cuda:3', threads: 7, path: /net}"));
    }

    @Test
    void wrongDevicesAndThreadsAreNamed() {
        assertTrue(message("network: {device: gpu}").contains("cuda:N"));
        assertTrue(message("network: {threads: 0}").contains("threads"));
        assertTrue(message("network: {engine: keras}").contains("onnx"));
    }

    private String message(String yaml) {
        return assertThrows(SettingsException.class, () -> read(yaml)).getMessage();
    }

    private NetworkSettings read(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("s.yaml"), yaml + "\n");
        return NetworkSettings.read(SettingsFile.load(file).section("network"));
    }
}
