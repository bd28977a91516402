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
import org.plateau.assembly.Outcome;
import org.plateau.assembly.Records;
import org.plateau.network.Devices;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.settings.SettingsFile;

class ClassifierTest {
    private static final int OUTPUTS = 12;

    @TempDir private Path directory;

    private ClassifierSettings settings(Path run) {
        return ClassifierSettings.read(
                SettingsFile.parse(
                        "test.yaml",
                        "run: {directory: "
                                + run
                                + "}\nclassify: {sync: false, labels: computed}"));
    }

    /** Two writers, one time never written, one field with a part dropped. */
    private static List<ByteBuffer> run() {
        Records a = new Records(1);
        Records b = new Records(2);
        List<ByteBuffer> records = new ArrayList<>(a.coordinates());
        for (int r = 0; r < OUTPUTS; r++) {
            records.add(a.slab("T", r, 0, 3, 0, 2, 0, 8));
            records.add(b.slab("T", r, 0, 3, 2, 2, 0, 8));
            records.add(a.time(r, r + 1));
            records.add(r == 5 ? b.gap("u", r, 1) : b.whole("u", r));
            records.add(a.whole("v", r));
        }
        records.addAll(List.of(a.close(), b.close(), a.end(), b.end()));
        return records;
    }

    private Classifier classifier(Path run, List<ByteBuffer> records) throws IOException {
        return new Classifier(
                settings(run),
                new MemoryInbox(records),
                new Devices(List.of(new ComputedEngine())),
                false,
                Clock.systemUTC());
    }

    private Results complete(Path run, List<ByteBuffer> records) throws IOException {
        try (Classifier classifier = classifier(run, records)) {
            ClassifierRun.untilDone(classifier, () -> true);
        }
        return ResultsReader.read(run.resolve("results.nc"));
    }

    @Test
    void everyOutputIsLabelledOrAGapAndEveryWriteIsAccountedFor() throws IOException {
        Path run = directory.resolve("run");
        Results results = complete(run, run());
        assertEquals(OUTPUTS, results.outputs());
        assertArrayEquals(new double[] {1e2, 1e4, 1e6}, results.pressure());
        for (int t = 0; t < OUTPUTS; t++) {
            assertEquals(t + 1, results.time().values()[t]);
            String reason = results.gapReasons().get(results.gap()[t][1]);
            assertEquals(t == 5 ? "writes_dropped" : "labelled", reason);
        }
        JsonNode status = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
        JsonNode account = status.path("account");
        long sum =
                Arrays.stream(Outcome.values())
                        .mapToLong(o -> account.path(o.text()).asLong())
                        .sum();
        assertEquals(account.path("written").asLong(), sum);
        assertEquals(1, account.path("dropped").asLong());
        assertEquals(3, account.path("orphan").asLong());
        assertEquals(3, status.path("levels").size());
    }

    @Test
    void everyEventTellsModelTimeOnTheTimeAxisOfTheResultsWithItsUnits() throws IOException {
        Path run = directory.resolve("run");
        Files.createDirectories(run);
        Files.writeString(run.resolve("stop"), "{}");
        try (Classifier classifier =
                new Classifier(
                        settings(run),
                        new MemoryInbox(run()),
                        new Devices(List.of(new ComputedEngine())),
                        true,
                        Clock.systemUTC())) {
            ClassifierRun.untilDone(classifier, () -> true);
        }
        Results results = ResultsReader.read(run.resolve("results.nc"));
        List<String> kinds = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("events.jsonl"))) {
            JsonNode event = new ObjectMapper().readTree(line);
            if (event.has("modelTime")) {
                kinds.add(event.path("event").asText());
                double time = event.path("modelTime").asDouble();
                assertTrue(Arrays.stream(results.time().values()).anyMatch(t -> t == time), line);
                assertEquals(results.time().units(), event.path("units").asText(), line);
                assertTrue(event.path("date").isTextual(), line);
            }
        }
        assertTrue(
                kinds.containsAll(List.of("verdict", "label", "gap", "stop-decided")), "" + kinds);
    }

    @Test
    void beforeTheFirstOutputTheStatusSaysThatThereIsNone() throws IOException {
        Path run = directory.resolve("run");
        try (Classifier classifier = classifier(run, List.of())) {
            ClassifierRun.untilDone(classifier, () -> true);
        }
        JsonNode status = new ObjectMapper().readTree(run.resolve("status.json").toFile());
        assertEquals(0, status.path("outputs").asInt(-1));
        assertEquals(0, status.path("levels").size());
    }

    /**
     * The process dies when its journal has any length: started again it comes to the same results,
     * each output once and each write accounted for once.
     */
    @Test
    void killedAtAnyLengthOfItsJournalItEndsWithTheSameResults() throws IOException {
        Path whole = directory.resolve("whole");
        Results expected = complete(whole, run());
        JsonNode account = account(whole);
        byte[] journal = Files.readAllBytes(whole.resolve("journal"));
        for (int cut = 0; cut < journal.length; cut += 1 + journal.length / 40) {
            Path run = directory.resolve("cut" + cut);
            Files.createDirectories(run);
            Files.write(run.resolve("journal"), Arrays.copyOf(journal, cut));
            Results results = complete(run, run());
            assertSame(expected, results, "cut at " + cut);
            assertEquals(account, account(run), "cut at " + cut);
        }
    }

    /** A still model: its metrics and labels settle after 17 outputs. */
    @Test
    void killedAtAnyLengthOfItsJournalTheHoldIsWhatItWasWithoutThat() throws IOException {
        List<ByteBuffer> records = RotatingWave.records(26, 2, 8, 16, 0);
        Path whole = directory.resolve("whole");
        JsonNode expected = stop(whole, records);
        assertTrue(expected.path("held").asInt() > 3, expected.toString());
        byte[] journal = Files.readAllBytes(whole.resolve("journal"));
        for (int part = 1; part < 8; part++) {
            Path run = directory.resolve("cut" + part);
            Files.createDirectories(run);
            int cut = journal.length * part / 8;
            Files.write(run.resolve("journal"), Arrays.copyOf(journal, cut));
            JsonNode stop = stop(run, records);
            assertEquals(expected.path("held"), stop.path("held"), "cut at " + cut);
        }
    }

    private static JsonNode stop(Path run, List<ByteBuffer> records) throws IOException {
        String text =
                "run: {directory: "
                        + run
                        + "}\nclassify: {sync: false, labels: computed}\n"
                        + "equilibration: {minimumSamples: 16}\nstop: {metrics: [temperature_mean]}";
        try (Classifier classifier =
                new Classifier(
                        ClassifierSettings.read(SettingsFile.parse("test.yaml", text)),
                        new MemoryInbox(records),
                        new Devices(List.of(new ComputedEngine())),
                        true,
                        Clock.systemUTC())) {
            ClassifierRun.untilDone(classifier, () -> true);
        }
        return new ObjectMapper().readTree(run.resolve("summary.json").toFile()).path("stop");
    }

    private static JsonNode account(Path run) throws IOException {
        return new ObjectMapper().readTree(run.resolve("summary.json").toFile()).path("account");
    }

    private static void assertSame(Results expected, Results results, String when) {
        assertArrayEquals(expected.time().values(), results.time().values(), when);
        assertArrayEquals(expected.gap(), results.gap(), when);
        assertArrayEquals(expected.probability(), results.probability(), when);
        assertArrayEquals(expected.metricValue(), results.metricValue(), when);
        assertArrayEquals(expected.verdict(), results.verdict(), when);
        assertArrayEquals(expected.levelVerdict(), results.levelVerdict(), when);
        assertArrayEquals(expected.steady(), results.steady(), when);
    }

    @Test
    void theLatestMapsStandInTheResults() throws IOException {
        Results results = complete(directory.resolve("run"), run());
        assertEquals(OUTPUTS, results.maps().time()[0]);
        float[] top = results.maps().temperature()[0];
        assertTrue(top[0] > 990 && top[0] < 1010, "" + top[0]);
    }

    /** netCDF's own tool reads the file while it is still being written. */
    @Test
    void ncdumpReadsWhatIsThereBeforeTheEnd() throws Exception {
        Path run = directory.resolve("run");
        try (Classifier classifier = classifier(run, run())) {
            while (classifier.step() > 0) {
                continue;
            }
            Process dump =
                    new ProcessBuilder("ncdump", "-h", run.resolve("results.nc").toString())
                            .redirectErrorStream(true)
                            .start();
            String text = new String(dump.getInputStream().readAllBytes());
            assertEquals(0, dump.waitFor(), text);
            assertTrue(text.contains("time = UNLIMITED ; // (12 currently)"), text);
            assertTrue(text.contains("Conventions = \"CF-1.10\""), text);
        }
    }
}
