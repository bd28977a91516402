package org.plateau.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.ElementType;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;
import org.plateau.message.VariableDescriptor;

class AssemblerTest {
    private Account account = new Account();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private long index;
    private Assembler assembler = assembler(AssemblySettings.DEFAULT);

    private Assembler assembler(AssemblySettings settings) {
        return new Assembler(
                settings,
                InputNames.AUTOMATIC,
                account,
                new AssemblyListener() {
                    @Override
                    public void step(Step step) {
                        steps.add(step);
                        step.writes()
                                .forEach(
                                        w ->
                                                account.settle(
                                                        w.source(),
                                                        w.sequence(),
                                                        Outcome.USED,
                                                        ""));
                    }

                    @Override
                    public void written(String metric, Field field, List<Write> writes) {}

                    @Override
                    public void coordinate(RecordView record) {}

                    @Override
                    public void notice(String kind, String text) {
                        notices.add(kind);
                    }
                });
    }

    private void take(ByteBuffer... records) {
        for (ByteBuffer record : records) {
            assembler.accept(Records.view(record), index++);
        }
    }

    private void takeAll(List<ByteBuffer> records) {
        take(records.toArray(ByteBuffer[]::new));
    }

    private static void assertRight(Step step, long record) {
        assertTrue(step.complete(), step.detail());
        for (Field field : step.fields().values()) {
            String name = field.variable().variable();
            ByteBuffer bytes = field.bytes();
            for (int k = 0; k < Records.LEVELS * Records.ROWS * Records.COLUMNS; k++) {
                int level = k / (Records.ROWS * Records.COLUMNS);
                int row = k / Records.COLUMNS % Records.ROWS;
                double exact = Records.value(name, record, level, row, k % Records.COLUMNS);
                assertEquals((float) exact, bytes.getFloat(4 * k), name + " " + k);
            }
        }
    }

    private void assertBalanced() {
        Account.Totals totals = account.total();
        assertEquals(0, totals.pending(), totals.toString());
    }

    @Test
    void fieldsOfOneTimeMakeAStep() {
        Records model = new Records(7);
        takeAll(model.coordinates());
        take(model.whole("T", 0), model.time(0, 0.5), model.whole("u", 0));
        assertTrue(steps.isEmpty());
        take(model.whole("v", 0));
        assertEquals(1, steps.size());
        assertRight(steps.get(0), 0);
        assertEquals("2000-01-01T12:00:00", steps.get(0).time().toString());
        assembler.finish();
        assertEquals(3, account.total().of(Outcome.USED));
        assertEquals(4, account.total().of(Outcome.METADATA));
        assertBalanced();
    }

    /** Cuts of the field into slabs, dealt to three writers, in any order, some sent twice. */
    @Property(tries = 200)
    void anyPartitionOrderAndRepetitionGivesTheSameField(
            @ForAll @IntRange(min = 1, max = 3) int levels,
            @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 8) int columns,
            @ForAll long seed) {
        steps.clear();
        account = new Account();
        assembler = assembler(AssemblySettings.DEFAULT);
        List<Records> writers = List.of(new Records(1), new Records(2), new Records(3));
        List<ByteBuffer> records = new ArrayList<>(writers.get(0).coordinates());
        Random random = new Random(seed);
        for (String name : List.of("T", "u", "v")) {
            for (int l = 0; l < Records.LEVELS; l += levels) {
                for (int r = 0; r < Records.ROWS; r += rows) {
                    for (int c = 0; c < Records.COLUMNS; c += columns) {
                        ByteBuffer slab =
                                writers.get(random.nextInt(3))
                                        .slab(
                                                name,
                                                0,
                                                l,
                                                Math.min(levels, Records.LEVELS - l),
                                                r,
                                                Math.min(rows, Records.ROWS - r),
                                                c,
                                                Math.min(columns, Records.COLUMNS - c));
                        Collections.addAll(records, slab, slab);
                    }
                }
            }
        }
        records.add(writers.get(1).time(0, 1));
        Collections.shuffle(records, random);
        takeAll(records);
        assertEquals(1, steps.size());
        assertRight(steps.get(0), 0);
        assembler.finish();
        assertEquals(1, steps.size());
        assertBalanced();
    }

    /** Comparing every number with all before it took minutes. */
    @Test
    @Timeout(30)
    void aFieldThatIsWrittenNumberByNumberCostsTheLastAsLittleAsTheFirst() {
        int side = 250;
        VariableDescriptor field =
                new VariableDescriptor(
                        "/runs/a/out.nc",
                        "T",
                        Optional.of(ElementType.FLOAT),
                        List.of(
                                new Dimension("time", 0, true),
                                new Dimension("lat", side, false),
                                new Dimension("lon", side, false)),
                        List.of(Attribute.text("units", "K")),
                        List.of());
        RecordWriter writer = new RecordWriter();
        for (int k = 0; k < side * side; k++) {
            take(
                    writer.data(1, k + 1)
                            .file(1)
                            .descriptor(field)
                            .slab(new long[] {0, k / side, k % side}, new long[] {1, 1, 1})
                            .payload(k)
                            .build());
        }
        assembler.finish();
        assertEquals(side * side, account.total().of(Outcome.ORPHAN));
        assertBalanced();
    }

    @Test
    void whatEveryLiveWriterHasPassedIsGivenUpWithItsReason() {
        Records a = new Records(1);
        Records b = new Records(2);
        take(a.slab("T", 0, 0, 3, 0, 2, 0, 8), a.time(0, 1), a.whole("u", 0), a.whole("v", 0));
        take(b.slab("u", 0, 0, 3, 0, 4, 0, 8));
        take(a.whole("T", 1), a.time(1, 2), a.whole("u", 1), a.whole("v", 1));
        assertTrue(steps.isEmpty(), "b may still write its part of T");
        take(b.slab("u", 1, 0, 3, 0, 4, 0, 8));
        assembler.finish();
        assertEquals(Absence.INCOMPLETE, steps.get(0).absence());
        assertTrue(steps.get(0).detail().contains("temperature"));
        assertRight(steps.get(1), 1);
        assertBalanced();
        assertTrue(account.total().of(Outcome.ORPHAN) > 0);
    }

    @Test
    void whatCompletesLateFillsItsGap() {
        Records a = new Records(1);
        Records b = new Records(2);
        take(a.slab("T", 0, 0, 3, 0, 2, 0, 8), a.time(0, 1), a.whole("u", 0), a.whole("v", 0));
        take(a.whole("T", 1), a.time(1, 2), a.whole("u", 1), a.whole("v", 1));
        assertFalse(steps.get(0).complete(), "only a has been seen so far");
        take(b.slab("T", 0, 0, 3, 2, 2, 0, 8));
        Step last = steps.get(steps.size() - 1);
        assertRight(last, 0);
        assertEquals(steps.get(0).time(), last.time());
        assembler.finish();
        assertBalanced();
        assertEquals(0, account.total().of(Outcome.ORPHAN));
    }

    @Test
    void droppedWritesAreCountedAndNamedAsTheReason() {
        Records model = new Records(1);
        take(model.gap("T", 0, 1), model.time(0, 1), model.whole("u", 0), model.whole("v", 0));
        take(model.whole("T", 1), model.time(1, 2), model.whole("u", 1), model.whole("v", 1));
        take(model.close(), model.end());
        assembler.finish();
        assertEquals(Absence.DROPPED, steps.get(0).absence());
        assertRight(steps.get(1), 1);
        assertEquals(1, account.total().of(Outcome.DROPPED));
        assertEquals(2, account.total().of(Outcome.ORPHAN));
        assertBalanced();
    }

    @Test
    void aTimeThatNeverComesIsReported() {
        Records model = new Records(1);
        take(model.whole("T", 0), model.whole("u", 0), model.whole("v", 0), model.close());
        assembler.finish();
        assertTrue(steps.isEmpty());
        assertTrue(notices.contains("time"));
        assertEquals(3, account.total().of(Outcome.ORPHAN));
        assertBalanced();
    }

    @Test
    void aRewrittenSlabReplacesTheOldOne() {
        Records model = new Records(1);
        double[] wrong = new double[96];
        take(model.slab("T", new long[4], new long[] {1, 3, 4, 8}, wrong));
        take(model.whole("T", 0), model.whole("u", 0), model.whole("v", 0), model.time(0, 1));
        assertRight(steps.get(0), 0);
        assembler.finish();
        assertEquals(1, account.total().of(Outcome.SUPERSEDED));
        assertBalanced();
    }

    @Test
    void overlapsThatDifferBetweenWritersAreReported() {
        Records a = new Records(1);
        Records b = new Records(2);
        take(a.slab("T", 0, 0, 3, 0, 3, 0, 8), b.slab("T", 0, 0, 3, 2, 2, 0, 8));
        assertTrue(notices.isEmpty(), "equal overlaps are allowed");
        take(a.slab("u", 0, 0, 3, 0, 3, 0, 8));
        take(b.slab("u", new long[] {0, 0, 2, 0}, new long[] {1, 1, 1, 8}, new double[8]));
        assertEquals(List.of("overlap"), notices);
    }

    @Test
    void aRestartThatWritesTheSameTimesAgainGivesThemAgain() {
        Records first = new Records(1);
        for (int r = 0; r < 2; r++) {
            take(first.whole("T", r), first.time(r, r + 1));
            take(first.whole("u", r), first.whole("v", r));
        }
        take(first.slab("T", 2, 0, 3, 0, 2, 0, 8), first.torn(), first.end());
        Records second = new Records(2);
        take(second.whole("T", 0), second.time(0, 2));
        take(second.whole("u", 0), second.whole("v", 0));
        assembler.finish();
        assertEquals(3, steps.size());
        assertEquals(steps.get(1).time(), steps.get(2).time());
        assertRight(steps.get(2), 0);
        assertEquals(1, account.total().of(Outcome.TORN));
        assertBalanced();
    }

    @Test
    void fieldsMatchOverFilesByTheirTime() {
        Records t = new Records(1, "/runs/a/temperature.nc");
        Records wind = new Records(1, "/runs/a/wind.nc");
        take(t.whole("T", 0), t.time(0, 5));
        Records other = new Records(2, "/runs/a/wind.nc");
        take(other.whole("u", 3), other.whole("v", 3), other.time(3, 5));
        assertEquals(1, steps.size());
        assertEquals(0, wind.sequence());
    }

    @Test
    void noMoreIsHeldThanTheMemoryAllowed() {
        assembler = assembler(new AssemblySettings(2000, 0, 4));
        Records model = new Records(1);
        for (int r = 0; r < 20; r++) {
            take(model.slab("T", r, 0, 3, 0, 2, 0, 8));
        }
        assembler.finish();
        assertTrue(notices.contains("memory"));
        assertEquals(20, account.total().of(Outcome.ORPHAN));
        assertBalanced();
    }
}
