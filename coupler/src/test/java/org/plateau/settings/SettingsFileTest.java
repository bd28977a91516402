package org.plateau.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
    private static SettingsNode parse(String text) {
        return SettingsFile.parse("x.yaml", text);
    }

    private static String complaint(org.junit.jupiter.api.function.Executable executable) {
        String message = assertThrows(SettingsException.class, executable).getMessage();
        assertEquals(1, message.lines().count(), "one line");
        return message;
    }

    @Test
    void valuesComeWithTheirUnitsConverted() {
        SettingsNode queue =
                parse("queue:\n  maxBytes: 64 MiB\n  wait: 500 ms\n  top: 1 mbar\n")
                        .section("queue");
        assertEquals(64L << 20, queue.bytes("maxBytes", 0));
        assertEquals(Duration.ofMillis(500), queue.duration("wait", Duration.ZERO));
        assertEquals(100, queue.pressure("top", 0));
        assertEquals(List.of("a"), queue.texts("absent", List.of("a")));
        queue.finish();
    }

    @ParameterizedTest
    @CsvSource({
        "ring: 64, 'x.yaml:1: ring: expected a size such as 64 MiB, found ''64'''",
        "ring: 64 s, 'x.yaml:1: ring: expected a size such as 64 MiB, found ''64 s'''",
        "ring: many MiB, 'x.yaml:1: ring: expected a size such as 64 MiB, found ''many MiB'''",
        "ring: 99999999999999999999 MiB, 'x.yaml:1: ring: expected a size such as 64 MiB, found"
                + " ''99999999999999999999 MiB'''",
        "ring: -1 MiB, 'x.yaml:1: ring: expected a size such as 64 MiB, found ''-1 MiB'''",
        "'ring: [1]', 'x.yaml:1: ring: expected a size such as 64 MiB, found a list'",
    })
    void aWrongUnitOrTypeIsNamedWithFileLineAndKey(String text, String expected) {
        assertEquals(expected, complaint(() -> parse(text).bytes("ring", 0)));
    }

    @Test
    void numbersThatAreInfiniteAndPressuresOfNothingAreRefused() {
        assertTrue(complaint(() -> parse("a: 1e400").number("a", 0)).contains("found '1e400'"));
        assertTrue(complaint(() -> parse("a: 1e400 m").length("a", 0)).contains("1e400 m"));
        assertTrue(
                complaint(() -> parse("a: [1 bar, 0 bar]").pressures("a", List.of()))
                        .contains("found '0 bar'"));
    }

    @Test
    void aDirectoryAndBytesThatAreNoTextAreToldAsSuch(@TempDir Path directory) throws IOException {
        Path bytes = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, 0, 1});
        assertTrue(complaint(() -> SettingsFile.load(directory)).contains("found a directory"));
        assertTrue(complaint(() -> SettingsFile.load(bytes)).contains("bytes that are no text"));
        assertTrue(complaint(() -> parse("a:\n\tb: 1")).contains("expected YAML, found character"));
    }

    @Test
    void anUnknownKeyIsNamedWithThoseThatAreKnown() {
        SettingsNode root = parse("queue:\n  maxBytes: 1 GiB\n  maxBites: 1 GiB\n");
        root.section("queue").bytes("maxBytes", 0);
        assertEquals(
                "x.yaml:3: queue.maxBites: unknown key; expected one of maxBytes",
                complaint(root::finish));
    }

    @Test
    void aSectionThatNoPartKnowsIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "run:\n  name: x\nstopp:\n");
        String message = complaint(() -> SettingsFile.load(file));
        assertTrue(message.startsWith(file + ":3: stopp: unknown key; expected one of"), message);
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertTrue(complaint(() -> parse("a: 1\na: 2\n")).startsWith("x.yaml:2: "));
    }

    @Test
    void aMissingFileSaysWhatToDo() {
        String message = complaint(() -> SettingsFile.load(Path.of("no/such.yaml")));
        assertTrue(message.startsWith("no/such.yaml: expected a readable settings file"), message);
    }

    @Test
    void brokenYamlIsNamedWithItsLine() {
        assertTrue(complaint(() -> parse("a: 1\nb: [1, 2\n")).startsWith("x.yaml:"));
    }

    @Test
    void anEmptyFileGivesEveryDefault() {
        assertEquals(3, parse("# nothing\n").section("queue").integer("count", 3));
    }
}
