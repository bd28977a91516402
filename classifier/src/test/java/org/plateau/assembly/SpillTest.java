package org.plateau.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.message.RecordView;

class SpillTest {
    /** Bytes of one field of {@link Records}, single precision, and a bit for each element. */
    private static final int FIELD = 33 * Records.LEVELS * Records.ROWS * Records.COLUMNS / 8;

    private static final int TIMES = 30;

    @TempDir private Path folder;

    private final Account account = new Account();
    private final List<Step> steps = new ArrayList<>();
    private final List<List<byte[]>> contents = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private long index;

    private Path directory() {
        return folder.resolve("spill");
    }

    private Assembler assembler(long memory, Spill disk) {
        return new Assembler(
                new AssemblySettings(memory, 0, 64),
                InputNames.AUTOMATIC,
                account,
                new AssemblyListener() {
                    @Override
                    public void step(Step step) {
                        steps.add(step);
                        contents.add(
                                Stream.of(Role.values())
                                        .filter(step.fields()::containsKey)
                                        .map(role -> bytes(step.fields().get(role)))
                                        .toList());
                        for (Write w : step.writes()) {
                            account.settle(w.source(), w.sequence(), Outcome.USED, "");
                        }
                    }

                    @Override
                    public void written(String metric, Field field, List<Write> writes) {}

                    @Override
                    public void coordinate(RecordView record) {}

                    @Override
                    public void notice(String kind, String text) {
                        notices.add(text);
                    }
                },
                field -> Set.of(),
                disk);
    }

    private static byte[] bytes(Field field) {
        byte[] all = new byte[field.bytes().remaining()];
        field.bytes().get(all);
        return all;
    }

    /** One writer is through with its half of every time before the other has begun with its. */
    private void twoWriters(Assembler assembler) {
        int half = Records.ROWS / 2;
        for (int part = 0; part < 2; part++) {
            Records writer = new Records(1 + part);
            for (int r = 0; r < TIMES; r++) {
                for (String name : List.of("T", "u", "v")) {
                    take(
                            assembler,
                            writer.slab(
                                    name,
                                    r,
                                    0,
                                    Records.LEVELS,
                                    part * half,
                                    half,
                                    0,
                                    Records.COLUMNS));
                }
                take(assembler, writer.time(r, r + 1));
            }
        }
        assembler.finish();
    }

    private void take(Assembler assembler, ByteBuffer record) {
        assembler.accept(Records.view(record), index++);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(directory())) {
            return all.count();
        }
    }

    @Test
    void fieldsThatMemoryHasNoRoomForWaitOnDiskAndComeBackWhole() throws IOException {
        SpillTest roomy = new SpillTest();
        roomy.twoWriters(roomy.assembler(1L << 30, Spill.NONE));
        Spill disk = Spill.in(directory(), 1L << 30, 0);
        twoWriters(assembler(5L * FIELD, disk));
        assertEquals(List.of(), roomy.notices);
        roomy.steps.forEach(step -> assertTrue(step.complete(), step::detail));
        assertTrue(notices.stream().anyMatch(n -> n.contains("wait on disk")));
        assertEquals(TIMES, steps.size());
        steps.forEach(step -> assertTrue(step.complete(), step::detail));
        assertEquals(0, account.total().of(Outcome.ORPHAN));
        for (int k = 0; k < TIMES; k++) {
            for (int f = 0; f < 3; f++) {
                assertTrue(
                        Arrays.equals(roomy.contents.get(k).get(f), contents.get(k).get(f)),
                        "time " + k + ", field " + f);
            }
        }
        assertEquals(0, disk.used());
        assertEquals(0, files());
    }

    @Test
    void whatNeitherMemoryNorDiskHasRoomForIsGivenUpAndCounted() throws IOException {
        Spill disk = Spill.in(directory(), 6L * FIELD, 0);
        Assembler assembler = assembler(5L * FIELD, disk);
        Records one = new Records(1);
        for (int r = 0; r < TIMES; r++) {
            take(assembler, one.slab("T", r, 0, Records.LEVELS, 0, 2, 0, Records.COLUMNS));
            assertTrue(disk.used() <= 6L * FIELD);
        }
        assertTrue(files() > 0);
        assertTrue(notices.stream().anyMatch(n -> n.contains("has no room")));
        assertTrue(account.total().of(Outcome.ORPHAN) > 0);
        assembler.finish();
        assertEquals(TIMES, account.total().of(Outcome.ORPHAN));
        assertEquals(0, disk.used());
        assertEquals(0, files());
    }

    @Test
    void aDiskThatTakesNothingOrMustBeLeftToOthersIsAsGoodAsNone() throws IOException {
        Files.writeString(directory(), "a file where the folder should be");
        assertNull(Spill.in(directory(), 1L << 30, 0).keep(ByteBuffer.allocate(8)));
        Path other = folder.resolve("other");
        assertNull(Spill.in(other, 1L << 30, Long.MAX_VALUE / 2).keep(ByteBuffer.allocate(8)));
        try (Stream<Path> all = Files.list(other)) {
            assertEquals(0, all.count());
        }
    }

    @Test
    void whatAnEarlierProcessLeftIsRemovedAndNothingElse() throws IOException {
        Files.createDirectories(directory());
        Path left = Files.writeString(directory().resolve("field-7"), "left by a kill");
        Path foreign = Files.writeString(directory().resolve("notes"), "a person's");
        Spill.in(directory(), 100, 0);
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(foreign));
    }
}
