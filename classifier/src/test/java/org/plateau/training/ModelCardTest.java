package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.plateau.network.NetworkDescriptor;

/** docs/MODEL_CARD.md against the network that ships. */
class ModelCardTest {

    private static final Path CARD = Path.of("..", "docs", "MODEL_CARD.md");
    private static final String DESCRIPTOR = "/org/plateau/network/default/descriptor.json";

    @Test
    void theCardIsThatOfTheNetworkThatShips() throws IOException {
        try (InputStream in = ModelCardTest.class.getResourceAsStream(DESCRIPTOR)) {
            JsonNode descriptor = new ObjectMapper().readTree(in);
            assertEquals(
                    descriptor.path("network").asText().substring(0, 12),
                    found("network `(\\w+)`", Files.readString(CARD)));
        }
    }

    @Test
    void onHeldOutPresetsEveryOutputIsGoodEnoughToShip() throws IOException {
        String section = heldOut();
        assertTrue(Double.parseDouble(found("Macro-F1 [^*]*\\*\\*([\\d.]+)\\*", section)) >= 0.9);
        assertTrue(
                Double.parseDouble(found("calibration error: \\*\\*([\\d.]+)\\*\\*", section))
                        <= 0.05);
        List<String> judged = new ArrayList<>();
        for (String line : section.lines().filter(l -> l.matches("\\| [a-z].*")).toList()) {
            String[] cells = line.split("\\|");
            if (cells.length == 8 && cells[2].strip().matches("\\d+")) {
                judged.add(cells[1].strip());
                assertTrue(Double.parseDouble(cells[6].strip()) >= 0.8, line);
            }
        }
        assertEquals(NetworkDescriptor.knownOutputs().stream().map(Names::words).toList(), judged);
    }

    private static String heldOut() throws IOException {
        String card = Files.readString(CARD);
        int from = card.indexOf("## On held-out runs");
        return card.substring(from, card.indexOf("\n## ", from + 1));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), "expected " + pattern);
        return matcher.group(1);
    }
}
