package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.assembly.Records;
import org.plateau.network.Devices;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.settings.SettingsFile;

/** Metrics of the column, from records to results. */
class ColumnTest {
    private static final int OUTPUTS = 10;

    @TempDir private Path directory;

    private final Records fields = new Records(1);
    private final Records fluxes = new Records(2, "/runs/a/fluxes.nc");

    private Results results(Path run, List<ByteBuffer> records) throws IOException {
        ClassifierSettings settings =
                ClassifierSettings.read(
                        SettingsFile.parse(
                                "test.yaml",
                                "run: {directory: "
                                        + run
                                        + "}\nclassify: {sync: false, labels: computed}\n"
                                        + "equilibration: {variables: {psl: {absolute: 5}}}"));
        try (Classifier classifier =
                new Classifier(
                        settings,
                        new MemoryInbox(records),
                        new Devices(List.of(new ComputedEngine())),
                        false,
                        Clock.systemUTC())) {
            ClassifierRun.untilDone(classifier, () -> true);
        }
        return ResultsReader.read(run.resolve("results.nc"));
    }

    private void output(List<ByteBuffer> records, int r, double day) {
        records.add(fields.whole("T", r));
        records.add(fields.whole("u", r));
        records.add(fields.whole("v", r));
        records.add(fields.time(r, day));
    }

    /** The fluxes' own file lies behind the fields', and is written by another process. */
    private List<ByteBuffer> run() {
        List<ByteBuffer> records = new ArrayList<>(fields.coordinates());
        records.addAll(fluxes.coordinates());
        for (int r = 0; r < OUTPUTS; r++) {
            output(records, r, r + 1);
            records.add(fluxes.time(r, r + 1));
            records.add(fluxes.flux("ASR", "toa_net_downward_shortwave_flux", r, 240 + r));
            records.add(fluxes.flux("OLR", "toa_outgoing_longwave_flux", r, 230));
            records.add(fluxes.scalar("psl", r, 1000 + r));
        }
        records.addAll(List.of(fields.close(), fluxes.close(), fields.end(), fluxes.end()));
        return records;
    }

    private static double[] series(Results results, String metric) {
        List<String> names =
                results.column().metrics().stream().map(Results.Quantity::name).toList();
        int at = names.indexOf(metric);
        assertTrue(at >= 0, metric + " among " + names);
        return Arrays.stream(results.column().value()).mapToDouble(row -> row[at]).toArray();
    }

    @Test
    void fluxesAndNamedVariablesStandInTheResultsAsMetricsOfTheColumn() throws IOException {
        Path run = directory.resolve("run");
        Results results = results(run, run());
        double[] balance = series(results, "toa_balance");
        double[] pressure = series(results, "psl");
        double[] energy = series(results, "column_kinetic_energy");
        for (int t = 0; t < OUTPUTS; t++) {
            assertEquals(10 + t, balance[t], 1e-4);
            assertEquals(1000 + t, pressure[t]);
            assertTrue(energy[t] > 0);
        }
        assertEquals("hPa", results.column().metrics().get(4).unit());
        JsonNode status = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
        assertEquals("insufficient", status.at("/column/verdict").asText());
        assertEquals("toa_balance", status.at("/column/metrics/3/name").asText());
        assertEquals(10 + OUTPUTS - 1, status.at("/column/metrics/3/value").asDouble(), 1e-4);
        assertEquals(0, status.at("/account/orphan").asInt());
        assertTrue(Files.readString(run.resolve("events.jsonl")).contains("\"level\":\"column\""));
    }

    @Test
    void aModelThatWritesNoFluxesIsNotAskedForThem() throws IOException {
        List<ByteBuffer> records = new ArrayList<>(fields.coordinates());
        output(records, 0, 1);
        records.addAll(List.of(fields.close(), fields.end()));
        Results results = results(directory.resolve("run"), records);
        List<String> names =
                results.column().metrics().stream().map(Results.Quantity::name).toList();
        assertEquals(
                List.of(
                        "column_kinetic_energy",
                        "column_angular_momentum",
                        "column_superrotation",
                        "psl"),
                names,
                "what a person asked for is missed");
    }

    @Test
    void killedAtAnyLengthOfItsJournalItEndsWithTheSameColumn() throws IOException {
        Path whole = directory.resolve("whole");
        Results expected = results(whole, run());
        byte[] journal = Files.readAllBytes(whole.resolve("journal"));
        for (int cut = 0; cut < journal.length; cut += 1 + journal.length / 20) {
            Path run = directory.resolve("cut" + cut);
            Files.createDirectories(run);
            Files.write(run.resolve("journal"), Arrays.copyOf(journal, cut));
            Results.Column column = results(run, new ColumnTest().run()).column();
            assertEquals(expected.column().metrics(), column.metrics(), "cut at " + cut);
            assertArrayEquals(expected.column().value(), column.value(), "cut at " + cut);
            assertArrayEquals(expected.column().verdict(), column.verdict(), "cut at " + cut);
        }
    }

    /** What the model wrote before it was started again from day 5 is no part of the series. */
    @Test
    void aModelThatGoesBackInTimeIsJudgedByWhatItWritesThen() throws IOException {
        Path run = directory.resolve("run");
        List<ByteBuffer> back = new ArrayList<>(fields.coordinates());
        for (int r = 0; r < 100; r++) {
            output(back, r, r + 1);
        }
        back.add(fields.close());
        fields.reopened();
        back.addAll(fields.coordinates());
        for (int r = 50; r < 80; r++) {
            output(back, r, r + 1);
        }
        back.addAll(List.of(fields.close(), fields.end()));
        Results results = results(run, back);
        assertEquals(100, results.outputs());

        Records once = new Records(1);
        List<ByteBuffer> straight = new ArrayList<>(once.coordinates());
        for (int r = 0; r < 80; r++) {
            straight.add(once.whole("T", r));
            straight.add(once.whole("u", r));
            straight.add(once.whole("v", r));
            straight.add(once.time(r, r + 1));
        }
        straight.addAll(List.of(once.close(), once.end()));
        Results expected = results(directory.resolve("straight"), straight);
        assertArrayEquals(expected.verdict()[79], results.verdict()[79]);
        assertArrayEquals(expected.steady(), results.steady());

        Files.delete(run.resolve("results.nc"));
        Results again = results(run, back);
        assertArrayEquals(results.verdict(), again.verdict(), "made again from the journal");
    }
}
