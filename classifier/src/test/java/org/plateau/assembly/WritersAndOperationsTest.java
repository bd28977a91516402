package org.plateau.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plateau.message.ElementType;
import org.plateau.message.RecordView;

/** Writers that are heard of late, and files of averages beside files of instants. */
class WritersAndOperationsTest {
    private static final int HALF = Records.ROWS / 2;

    private final Account account = new Account();
    private final List<Step> steps = new ArrayList<>();
    private final Assembler assembler =
            new Assembler(
                    AssemblySettings.DEFAULT,
                    InputNames.AUTOMATIC,
                    account,
                    new AssemblyListener() {
                        @Override
                        public void step(Step step) {
                            steps.add(step);
                            step.writes().forEach(w -> use(w));
                        }

                        @Override
                        public void written(String metric, Field field, List<Write> writes) {}

                        @Override
                        public void coordinate(RecordView record) {}

                        @Override
                        public void notice(String kind, String text) {}
                    });
    private long index;

    private void use(Write w) {
        account.settle(w.source(), w.sequence(), Outcome.USED, "");
    }

    private void take(ByteBuffer record) {
        assembler.accept(Records.view(record), index++);
    }

    /** A writer's half of the latitudes at one output time. */
    private void half(Records writer, int first, long record, double days) {
        take(writer.slab("T", record, 0, Records.LEVELS, first, HALF, 0, Records.COLUMNS));
        take(writer.time(record, days));
        for (String wind : List.of("u", "v")) {
            take(writer.slab(wind, record, 0, Records.LEVELS, first, HALF, 0, Records.COLUMNS));
        }
    }

    private void assertAllComplete(int count) {
        assembler.finish();
        assertEquals(count, steps.size());
        assertTrue(steps.stream().allMatch(Step::complete), "every output has its map");
        assertEquals(0, account.total().pending());
        assertEquals(0, account.total().of(Outcome.ORPHAN));
    }

    @Test
    void aServerWhoseRecordsComeManyOutputsAfterAnothersLosesNothing() {
        Records north = new Records(1);
        Records south = new Records(2);
        for (int r = 0; r < 24; r++) {
            half(north, 0, r, r);
        }
        assertTrue(steps.isEmpty(), "half of every field is still to come");
        for (int r = 0; r < 24; r++) {
            half(south, HALF, r, r);
        }
        assertAllComplete(24);
    }

    @Test
    void evenIfTheFirstHasClosedItsFileByThen() {
        Records north = new Records(1);
        Records south = new Records(2);
        for (int r = 0; r < 24; r++) {
            half(north, 0, r, r);
        }
        take(north.close());
        take(north.end());
        for (int r = 0; r < 24; r++) {
            half(south, HALF, r, r);
        }
        assertAllComplete(24);
    }

    @Test
    void evenWithAFilePerOutputTime() {
        for (int r = 0; r < 24; r++) {
            Records north = new Records(100 + r, "/runs/a/out" + r + ".nc");
            half(north, 0, 0, r);
            take(north.close());
        }
        for (int r = 0; r < 24; r++) {
            half(new Records(200 + r, "/runs/a/out" + r + ".nc"), HALF, 0, r);
        }
        assertAllComplete(24);
    }

    @Test
    void aWriterThatNeverComesIsNotWaitedForForEver() {
        Records north = new Records(1);
        for (int r = 0; r < Dataset.UNHEARD_OF + 3; r++) {
            half(north, 0, r, r);
        }
        assertTrue(steps.size() >= 2, "the oldest outputs are given up");
        assertTrue(steps.stream().noneMatch(Step::complete));
        assembler.finish();
        assertEquals(Dataset.UNHEARD_OF + 3, steps.size());
        assertEquals(0, account.total().pending());
    }

    @Test
    void manyFilesThatAreNeverWholeAreNotWaitedForForEver() {
        for (int r = 0; r < 3 * Dataset.UNHEARD_OF; r++) {
            Records north = new Records(100 + r, "/runs/a/out" + r + ".nc");
            half(north, 0, 0, r);
            take(north.close());
            take(north.end());
        }
        assertTrue(steps.size() > Dataset.UNHEARD_OF, "the oldest outputs are given up");
    }

    private static ModelFile file(int source, String path, String operation) {
        ModelFile file = new ModelFile(source, path);
        file.axis("lev", new double[] {1e3, 1e5}, "units", "Pa");
        file.axis("lat", new double[] {-45, 45}, "units", "degrees_north");
        file.axis("lon", new double[] {0, 90, 180, 270}, "units", "degrees_east");
        file.dimension("bounds", 2);
        file.variable(
                "time",
                ElementType.DOUBLE,
                "time",
                "units",
                "hours since 2000-01-01",
                "bounds",
                "time_bounds");
        file.variable("time_bounds", ElementType.DOUBLE, "time bounds");
        for (String name : List.of("T", "u", "v")) {
            file.variable(
                    name, ElementType.FLOAT, "time lev lat lon", "online_operation", operation);
        }
        return file;
    }

    private static void put(ModelFile file, long record, double from, double to, String... names) {
        file.put("time", record, to);
        file.put("time_bounds", record, from, to);
        for (String name : names) {
            file.put(name, record, new double[16]);
        }
    }

    @Test
    void averagesAreLabelledThoughInstantsOfTemperatureAloneComeBefore() {
        ModelFile instants = file(1, "/runs/a/hourly.nc", "instant");
        ModelFile averages = file(1, "/runs/a/daily.nc", "average");
        for (int day = 0; day < 2; day++) {
            for (int hour = 1; hour <= 24; hour++) {
                long record = 24L * day + hour - 1;
                put(instants, record, record, record + 1, "T");
            }
            put(averages, day, 24 * day, 24 * day + 24, "T", "u", "v");
        }
        averages.records().forEach(this::take);
        instants.records().forEach(this::take);
        assembler.finish();

        List<Step> complete = steps.stream().filter(Step::complete).toList();
        assertEquals(2, complete.size());
        assertEquals("average", complete.get(0).operation());
        assertEquals("2000-01-01T12:00:00", complete.get(0).time().toString());
        assertEquals(0, account.total().pending());
    }

    @Test
    void instantsCountWhereBothAreWhole() {
        ModelFile instants = file(1, "/runs/a/hourly.nc", "instant");
        ModelFile averages = file(2, "/runs/a/daily.nc", "average");
        put(instants, 0, 0, 12, "T", "u", "v");
        put(averages, 0, 0, 24, "T", "u", "v");
        List<ByteBuffer> later = instants.records();
        averages.records().forEach(this::take);
        later.forEach(this::take);
        assembler.finish();
        assertTrue(steps.stream().anyMatch(Step::complete));
        assertEquals(0, account.total().pending());
    }
}
