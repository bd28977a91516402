package org.plateau.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What axe-core finds wrong with a page. */
final class Accessibility {
    private static final String RULES =
            "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

    private Accessibility() {}

    /** Violations that axe calls serious or critical, a line each. */
    static List<String> violations(Browser browser) throws Exception {
        try (InputStream axe = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            browser.value(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; true");
        }
        JsonNode found =
                browser.value(
                        "axe.run(document, {runOnly: " + RULES + "}).then((r) => r.violations)");
        List<String> lines = new ArrayList<>();
        for (JsonNode violation : found) {
            String impact = violation.path("impact").asText();
            if (impact.equals("serious") || impact.equals("critical")) {
                lines.add(
                        violation.path("id").asText()
                                + ": "
                                + violation.path("help").asText()
                                + ": "
                                + violation.path("nodes").path(0).path("html").asText());
            }
        }
        return lines;
    }
}
