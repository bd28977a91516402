package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;

/** What a run left in its run directory. */
final class RunDirectory {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ENDS =
            List.of("used", "metadata", "superseded", "orphan", "dropped", "torn");

    private final Path directory;

    RunDirectory(Path directory) {
        this.directory = directory;
    }

    Results results() {
        return ResultsReader.read(directory.resolve("results.nc"));
    }

    JsonNode status() throws IOException {
        return JSON.readTree(directory.resolve("status.json").toFile());
    }

    /** Every event of the given kind. */
    List<JsonNode> events(String kind) throws IOException {
        return Files.readAllLines(directory.resolve("events.jsonl")).stream()
                .map(RunDirectory::parse)
                .filter(event -> event.path("event").asText().equals(kind))
                .toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Every output of a model that writes every half day was labelled once, and none lost. */
    void assertEveryOutputOnce() throws IOException {
        double[] time = results().time().values();
        for (int i = 0; i < time.length; i++) {
            assertEquals((i + 1) / 2.0, time[i], 1e-9);
        }
        assertTrue(closedAccount() >= 3L * time.length, status().path("account").toString());
        assertEquals(0, status().path("account").path("dropped").asLong());
    }

    /** Every captured write is accounted for once; the number of writes. */
    long closedAccount() throws IOException {
        JsonNode account = status().path("account");
        long sum = ENDS.stream().mapToLong(end -> account.path(end).asLong()).sum();
        long written = account.path("written").asLong(-1);
        if (sum != written) {
            throw new AssertionError(
                    "written " + written + " but the ends add up to " + sum + ": " + account);
        }
        return written;
    }
}
