package org.plateau.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir private Path directory;

    private static List<String> read(Path path) throws IOException {
        List<String> entries = new ArrayList<>();
        Journal.open(path, false, (kind, content) -> entries.add(text(kind, content))).close();
        return entries;
    }

    private static String text(int kind, ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return kind + ":" + new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void append(Path path, int kind, String content) throws IOException {
        try (Journal journal = Journal.open(path, false, (k, c) -> {})) {
            journal.append(
                    kind,
                    ByteBuffer.wrap(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    /** A death at any instant of an append leaves a prefix of the file. */
    @Test
    void killedAtEveryByteItKeepsWholeEntriesAndGoesOn() throws IOException {
        Path whole = directory.resolve("whole");
        List<Long> ends = new ArrayList<>(List.of(0L));
        List<String> entries = List.of("1:first", "2:", "3:the third entry");
        for (String entry : entries) {
            append(whole, entry.charAt(0) - '0', entry.substring(2));
            ends.add(Files.size(whole));
        }
        byte[] bytes = Files.readAllBytes(whole);
        for (int cut = 0; cut <= bytes.length; cut++) {
            Path path = directory.resolve("cut");
            Files.write(path, Arrays.copyOf(bytes, cut));
            long at = cut;
            int kept = (int) ends.stream().filter(end -> end > 0 && end <= at).count();
            assertEquals(entries.subList(0, kept), read(path), "cut at " + cut);
            append(path, 9, "after");
            List<String> expected = new ArrayList<>(entries.subList(0, kept));
            expected.add("9:after");
            assertEquals(expected, read(path), "cut at " + cut);
        }
    }

    @Test
    void anyChangedByteEndsWhatIsBelieved() throws IOException {
        Path path = directory.resolve("journal");
        append(path, 1, "first");
        long end = Files.size(path);
        append(path, 2, "second");
        byte[] bytes = Files.readAllBytes(path);
        for (int at = (int) end; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x40;
            Path copy = directory.resolve("changed");
            Files.write(copy, changed);
            assertEquals(List.of("1:first"), read(copy), "changed at " + at);
        }
    }

    @Test
    void twoWritersAreRefused() throws IOException {
        Path path = directory.resolve("journal");
        try (Journal first = Journal.open(path, false, (k, c) -> {})) {
            assertEquals(0, first.size());
            assertThrows(IOException.class, () -> Journal.open(path, false, (k, c) -> {}));
        }
    }
}
