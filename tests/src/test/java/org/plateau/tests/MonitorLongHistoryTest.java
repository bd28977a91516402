package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

/** The page of a run with 10,000 outputs of 80 levels behind it. */
@Tag("monitor")
@ExtendWith(Workplace.class)
@Timeout(300)
class MonitorLongHistoryTest {
    private static final int OUTPUTS = 10_000;
    private static final int LEVELS = 80;
    private static final Path TARGET = Workplace.home().resolve("tests/target");

    @Test
    void aLongHistoryIsDrawnWholeFromLittleData(Path work) throws Exception {
        Path file = work.resolve("results.nc");
        SyntheticResults.write(file, OUTPUTS, LEVELS);
        SyntheticStatus.write(work.resolve("status.json"), ResultsReader.read(file));
        try (Monitor monitor =
                        Monitor.start(work, new MonitorSettings(0, "", 8), new NoActions(), null);
                Browser browser = Browser.start(work.resolve("profile"))) {
            open(browser, monitor); // the first visit waits for the results to be read
            open(browser, monitor);
            browser.screenshot(TARGET.resolve("screenshots/monitor-long-history.png"));
            report(browser);
            int bytes = browser.value(bytes("")).asInt();
            assertTrue(bytes < 300_000, "the page and its history take " + bytes + " bytes");
            assertEquals(List.of(), Accessibility.violations(browser));
        }
    }

    private static void open(Browser browser, Monitor monitor) throws Exception {
        browser.open(monitor.url(), 1400, 900, "light");
        browser.await("performance.getEntriesByName('plateau-drawn').length > 0");
        browser.await("document.querySelectorAll('#verdicts tbody tr').length === " + LEVELS);
    }

    /** Bytes that came over the wire for the page and what its first drawing needs. */
    private static String bytes(String path) {
        return "[...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')]"
                + ".filter((e) => e.name.includes('"
                + path
                + "')).reduce((sum, e) => sum + e.transferSize, 0)";
    }

    /** Times depend on the machine: they are written down, not asserted. */
    private static void report(Browser browser) throws Exception {
        String text =
                String.format(
                        Locale.ROOT,
                        "%d outputs x %d levels: first paint %.0f ms, map drawn %.0f ms,"
                                + " %d bytes in all, of which the history %d%n",
                        OUTPUTS,
                        LEVELS,
                        browser.value(
                                        "performance.getEntriesByName('first-contentful-paint')[0]"
                                                + ".startTime")
                                .asDouble(),
                        browser.value("performance.getEntriesByName('plateau-drawn')[0].startTime")
                                .asDouble(),
                        browser.value(bytes("")).asInt(),
                        browser.value(bytes("/api/history")).asInt());
        System.out.print(text);
        Files.createDirectories(TARGET);
        Files.writeString(TARGET.resolve("monitor-figures.txt"), text);
    }
}
