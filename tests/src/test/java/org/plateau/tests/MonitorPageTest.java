package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.monitor.Actions;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

/** The page in a real browser; screenshots stay in tests/target/screenshots. */
@Tag("monitor")
@Timeout(300)
class MonitorPageTest {
    private static final Path SHOTS = Workplace.home().resolve("tests/target/screenshots");
    private static final String DRAWN =
            "document.querySelectorAll('#verdicts tbody tr').length === 8"
                    + " && document.querySelector('#series-label').textContent.includes('bar')";

    @TempDir(cleanup = CleanupMode.NEVER)
    static Path folder;

    private static final List<String> ORDERED = new CopyOnWriteArrayList<>();
    private static Monitor monitor;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Path file = folder.resolve("results.nc");
        SyntheticResults.writeWithColumn(file, 200, 8);
        SyntheticStatus.write(folder.resolve("status.json"), ResultsReader.read(file));
        monitor = Monitor.start(folder, new MonitorSettings(0, "", 8), new Recorded(), null);
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (monitor != null) {
            monitor.close();
        }
    }

    private static final class Recorded implements Actions {
        @Override
        public void veto(String reason) {
            ORDERED.add("veto " + reason);
        }

        @Override
        public void stop(String reason) {
            ORDERED.add("stop " + reason);
        }

        @Override
        public void resume(String reason) {
            ORDERED.add("resume " + reason);
        }
    }

    private static String text(String selector) throws Exception {
        return browser.value("document.querySelector('" + selector + "').textContent").asText();
    }

    @Test
    void itIsDrawnLightAndDarkWideAndNarrowWithoutSidewaysScrolling() throws Exception {
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1400, 390, 320}) {
                browser.open(monitor.url(), width, 900, scheme);
                browser.await(DRAWN);
                assertEquals(
                        scheme, browser.value("document.documentElement.dataset.theme").asText());
                String root = "document.documentElement.";
                assertEquals(
                        browser.value(root + "clientWidth").asInt(),
                        browser.value(root + "scrollWidth").asInt(),
                        "wider than the window of " + width);
                assertEquals(List.of(), Accessibility.violations(browser));
                browser.screenshot(SHOTS.resolve("monitor-" + scheme + "-" + width + ".png"));
            }
        }
    }

    @Test
    void cellsOfOneColourMakeOneAreaWithoutSeams() throws Exception {
        browser.open(monitor.url(), 1203, 900, "dark");
        browser.await(DRAWN);
        browser.value(
                """
                import('/categories.js').then((page) => {
                  const root = document.querySelector('#categories').cloneNode(true);
                  document.querySelector('#categories').after(root);
                  const same = (count, value) =>
                    btoa(String.fromCharCode(...new Uint8Array(count).fill(value)));
                  const columns = 97, pressure = [1e2, 3e3, 4e4, 1e6, 1e7];
                  const cells = columns * pressure.length;
                  const map = new page.CategoryMap(root, () => {}, () => {});
                  map.set({
                    pressure, units: 'days', verdicts: [], gapReasons: [],
                    regimes: [{ name: 'not inverted', group: 'gradient', safe: '#5e3c99' }],
                    start: Array.from({ length: columns }, (_, i) => i / 2),
                    end: Array.from({ length: columns }, (_, i) => (i + 1) / 2),
                    last: Array.from({ length: columns }, (_, i) => i),
                    probability: same(cells, 240), nothing: same(cells, 0), gap: same(cells, 0),
                    reason: same(cells, 0), verdict: same(cells, 0),
                  });
                  const { y0, y1 } = map.groups[0];
                  const inside = map.context.getImageData(
                    map.x0 + 2, Math.ceil(y0) + 2, map.x1 - map.x0 - 4, Math.floor(y1 - y0) - 4);
                  window.colours = new Set(new Uint32Array(inside.data.buffer)).size;
                  root.remove();
                })
                """);
        browser.await("window.colours > 0");
        assertEquals(1, browser.value("window.colours").asInt());
    }

    @Test
    void theKeyboardMovesThroughTheMapAndOpensALevel() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        browser.value("document.querySelector('#categories .cursor').focus()");
        browser.press("ArrowLeft");
        browser.press("ArrowDown");
        browser.await("document.querySelector('#spoken').textContent.includes('verdict')");
        assertTrue(text("#spoken").contains("bar"), text("#spoken"));
        String level = "document.querySelector('#level').value";
        browser.press("Enter");
        browser.await(level + " === '1'");
        browser.await("document.querySelector('#map').ariaLabel.includes('kelvin')");
    }

    @Test
    void theMouseTellsTheNumbersOfACellAndAClickOpensItsMap() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        browser.point("#categories .cursor", false);
        browser.await("!document.querySelector('.tip').hidden");
        String tip = text(".tip");
        assertTrue(tip.contains("bar") && tip.matches("(?s).*\\d\\.\\d\\d.*"), tip);
        browser.point("#categories .cursor", true);
        browser.await("!document.querySelector('#latest').hidden");
    }

    @Test
    void tabReachesEverythingAndEnterAndEscapeAreEnoughForAnOrder() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        String name =
                "(document.activeElement.id || document.activeElement.className"
                        + " || document.activeElement.dataset.order"
                        + " || Object.keys(document.activeElement.dataset).join() )";
        Set<String> reached = new LinkedHashSet<>();
        // However many levels there are, the table is one stop: arrow keys move in it.
        for (int k = 0; k < 8 && !reached.contains("veto"); k++) {
            browser.press("Tab");
            reached.add(browser.value(name).asText());
        }
        assertEquals(
                List.of("palette", "theme", "cursor", "level", "scroll", "series", "veto"),
                List.copyOf(reached));
        browser.press("Enter");
        browser.await("document.querySelector('#confirm').open");
        browser.await("document.querySelector('#confirm').contains(document.activeElement)");
        browser.press("Escape");
        browser.await("!document.querySelector('#confirm').open");
        assertEquals("veto", browser.value(name).asText());
        assertEquals(List.of(), ORDERED);
    }

    @Test
    void arrowKeysMoveThroughTheTableAndTabComesBackToWhereTheyWere() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        String at =
                "(document.activeElement.dataset.series"
                        + " || 'column ' + document.activeElement.dataset.columnSeries)";
        browser.value("document.querySelector('[data-series]').focus()");
        assertEquals("0,0", browser.value(at).asText());
        browser.press("ArrowUp");
        browser.press("ArrowLeft");
        assertEquals("0,0", browser.value(at).asText());
        browser.press("ArrowDown");
        browser.press("ArrowRight");
        assertEquals("1,1", browser.value(at).asText());
        browser.press("Enter");
        browser.await(
                "document.querySelector('#series-label').textContent"
                        + " .startsWith(document.activeElement.ariaLabel.split(' at ')[0])");
        browser.press("Tab");
        browser.value("document.querySelector('#verdicts').parentElement.focus()");
        browser.press("Tab");
        assertEquals("1,1", browser.value(at).asText());
        for (int level = 2; level <= 8; level++) {
            browser.press("ArrowDown");
        }
        assertTrue(browser.value(at).asText().startsWith("column "), browser.value(at).asText());
    }

    @Test
    void theColumnsRowOpensItsSeries() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        assertTrue(text("#verdicts tfoot").startsWith("whole column"), text("#verdicts tfoot"));
        browser.value("document.querySelector('[data-column-series]').click()");
        String label = "document.querySelector('#series-label').textContent";
        browser.await(label + ".includes('toa balance (W m-2) of the whole column: equilibrated')");
        assertTrue(text("#series-label").contains("mean 0 since"), text("#series-label"));
        assertEquals(List.of(), Accessibility.violations(browser));
        browser.screenshot(SHOTS.resolve("monitor-column.png"));
    }

    @Test
    void anOrderIsOnlyGivenAfterItsConfirmation() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        browser.value("document.querySelector('[data-order=veto]').click()");
        browser.value("document.querySelector('#no').click()");
        assertEquals(List.of(), ORDERED);
        browser.value("document.querySelector('[data-order=veto]').click()");
        browser.value("document.querySelector('#reason').value = 'looks odd'");
        browser.value("document.querySelector('#yes').click()");
        browser.await("document.querySelector('#ordered').textContent.includes('ordered')");
        assertEquals(List.of("veto looks odd"), ORDERED);
        ORDERED.clear();
    }

    @Test
    void aStopThatAVetoHoldsBackIsNotAnnounced() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.value(
                "import('/health.js').then((page) => { window.said = ['running', 'ended'].map("
                        + "(state) => page.runVerdict({state, run_verdict: 'equilibrated',"
                        + " stop: {decided: true, vetoed: true, because: 'all was steady'}})); })");
        browser.await("window.said?.length === 2");
        assertEquals(
                "Run: equilibrated; a stop that was decided is held back by a veto.",
                browser.value("window.said[0]").asText());
        assertTrue(browser.value("window.said[1]").asText().contains("stopped because"));
    }

    @Test
    void theColoursOfThePaperAreAChoice() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        String pixels = "document.querySelector('#categories .base').toDataURL()";
        browser.value("window.safe = " + pixels);
        browser.value(
                "const s = document.querySelector('#palette'); s.value = 'paper';"
                        + " s.dispatchEvent(new Event('change'))");
        browser.await(pixels + " !== window.safe");
        assertEquals(List.of(), Accessibility.violations(browser));
        browser.screenshot(SHOTS.resolve("monitor-paper.png"));
    }

    @Test
    void withoutTheTokenItSaysWhatIsMissing() throws Exception {
        browser.open(monitor.url().replaceFirst("#.*", ""), 1200, 900, "light");
        browser.value("sessionStorage.clear()");
        browser.open(monitor.url().replaceFirst("#.*", ""), 1200, 900, "light");
        browser.await("document.querySelector('#message').textContent.includes('token')");
    }

    @Test
    void everyControlHasANameThatAScreenReaderCanSay() throws Exception {
        browser.open(monitor.url(), 1200, 900, "light");
        browser.await(DRAWN);
        String nameless =
                "[...document.querySelectorAll('button, select, input, canvas, [role]')]"
                        + ".filter((e) => !e.closest('[aria-hidden=true]') && e.role !== 'status'"
                        + " && e.role !== 'alert' && !e.ariaLabel && !e.textContent.trim()"
                        + " && !(e.labels && e.labels.length)).map((e) => e.outerHTML).join()";
        assertEquals("", browser.value(nameless).asText());
    }
}
