package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.assembly.Records;
import org.plateau.network.Devices;
import org.plateau.settings.SettingsFile;

/** What a run writes is what docs/OUTPUTS.md says. */
class DocumentedOutputsTest {
    /** Whose keys are names of things, not of the format. */
    private static final Set<String> NAMED = Set.of("reasons", "labelledByDevice", "verdicts");

    @TempDir private Path directory;

    @Test
    void everyKeyAndEveryEventStandsInTheDocumentation() throws IOException {
        Files.writeString(directory.resolve("stop"), "{}");
        ClassifierSettings settings =
                ClassifierSettings.read(
                        SettingsFile.parse(
                                "test.yaml",
                                "run: {directory: "
                                        + directory
                                        + "}\nclassify: {sync: false, labels: computed}"));
        try (Classifier classifier =
                new Classifier(
                        settings,
                        new MemoryInbox(records()),
                        new Devices(List.of(new ComputedEngine())),
                        true,
                        Clock.systemUTC())) {
            ClassifierRun.untilDone(classifier, () -> true);
        }
        Set<String> words = new TreeSet<>();
        ObjectMapper json = new ObjectMapper();
        keys(json.readTree(directory.resolve("status.json").toFile()), words);
        for (String line : Files.readAllLines(directory.resolve("events.jsonl"))) {
            keys(json.readTree(line), words);
            words.add(json.readTree(line).path("event").asText());
        }
        String documentation = Files.readString(Path.of("../docs/OUTPUTS.md"));
        words.removeIf(word -> documentation.contains("`" + word + "`"));
        assertEquals(Set.of(), words, "not in docs/OUTPUTS.md");
    }

    private static List<ByteBuffer> records() {
        Records writer = new Records(1);
        List<ByteBuffer> records = new ArrayList<>(writer.coordinates());
        for (int r = 0; r < 4; r++) {
            records.add(writer.whole("T", r));
            records.add(writer.time(r, r + 1));
            records.add(r == 2 ? writer.gap("u", r, 1) : writer.whole("u", r));
            records.add(writer.whole("v", r));
        }
        records.addAll(List.of(writer.close(), writer.end()));
        return records;
    }

    private static void keys(JsonNode node, Set<String> words) {
        node.properties()
                .forEach(
                        entry -> {
                            words.add(entry.getKey());
                            if (!NAMED.contains(entry.getKey())) {
                                keys(entry.getValue(), words);
                            }
                        });
        if (node.isArray()) {
            node.forEach(item -> keys(item, words));
        }
    }
}
