package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.results.MapArchive;

/** The page of a real model's run, labelled by the real network, in a real browser. */
@Tag("monitor")
@ExtendWith(Workplace.class)
@Timeout(300)
class MonitorOfARunTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path SHOTS = Workplace.home().resolve("tests/target/screenshots");

    @Test
    void aRunIsSeenThroughItsLifeAndEndedFromThePage(Path work) throws Exception {
        ModelRun run = ModelRun.endless(work).settings("monitor: {port: 0}\n");
        Process process = run.watched().start();
        try (Browser browser = Browser.start(work.resolve("profile"))) {
            Path address = run.results().resolve("monitor.url");
            Eventually.holds("the page's address", LIMIT, () -> Files.exists(address));
            String url = Files.readAllLines(address).get(0);
            browser.open(url, 1400, 900, "light");
            browser.await(
                    "parseInt(document.querySelector('#state').textContent.split(',')[2]) > 20");
            browser.await("document.querySelectorAll('#verdicts tbody tr').length === 10");

            assertHealthIsTold(browser);
            assertAMapOfThePastOpens(browser, run);
            assertTheNetworksLookIsShown(browser);
            assertEquals(List.of(), Accessibility.violations(browser));
            browser.screenshot(SHOTS.resolve("run-light.png"));

            killTheClassifier(process);
            browser.await("!document.querySelector('#message').hidden");
            browser.await("document.querySelector('#message').hidden");
            assertEquals(url, Files.readAllLines(address).get(0));
            String outputs = "parseInt(document.querySelector('#state').textContent.split(',')[2])";
            int before = browser.value(outputs).asInt();
            browser.await(outputs + " > " + before);

            browser.open(url, 390, 844, "dark");
            browser.await("document.querySelectorAll('#verdicts tbody tr').length === 10");
            assertEquals(List.of(), Accessibility.violations(browser));
            browser.screenshot(SHOTS.resolve("run-phone-dark.png"));

            order(browser, "stop");
        }
        run.watched().await(process, LIMIT);
        RunDirectory results = new RunDirectory(run.results());
        assertEquals("person", results.events("stop-decided").get(0).path("by").asText());
        assertTrue(results.closedAccount() > 60);
        assertFalse(Files.exists(run.results().resolve("monitor.url")));
        assertFalse(Files.exists(run.results().resolve("monitor.token")));
    }

    private static void assertHealthIsTold(Browser browser) throws Exception {
        String health = "document.querySelector('#health').textContent";
        for (String word : List.of("records a second", "lag", "rings", "queue", "heap", "hook")) {
            browser.await(health + ".includes('" + word + "')");
        }
        browser.await(
                "/would stop|no end can be/.test(document.querySelector('#verdict').textContent)");
    }

    /** The first column of the categorisation map has the first output's map. */
    private static void assertAMapOfThePastOpens(Browser browser, ModelRun run) throws Exception {
        assertTrue(new MapArchive(run.results().resolve("maps.nc")).times().length > 10);
        browser.value("document.querySelector('#categories .cursor').focus()");
        browser.press("ArrowLeft");
        browser.press("Home");
        browser.press("Enter");
        browser.await("/ at 0?\\.?\\d* /.test(document.querySelector('#map-label').textContent)");
        browser.await("!document.querySelector('#latest').hidden");
        browser.await("document.querySelector('#map').ariaLabel.includes('kelvin')");
    }

    private static void assertTheNetworksLookIsShown(Browser browser) throws Exception {
        browser.await("!document.querySelector('#saliency').hidden");
        browser.value("document.querySelector('#saliency').click()");
        browser.await("document.querySelector('#seen-label').textContent.startsWith('Bright')");
    }

    private static void order(Browser browser, String word) throws Exception {
        browser.value("document.querySelector('[data-order=" + word + "]').click()");
        browser.value("document.querySelector('#reason').value = 'seen enough'");
        browser.value("document.querySelector('#yes').click()");
        browser.await("document.querySelector('#ordered').textContent.includes('ordered')");
    }

    private static void killTheClassifier(Process launcher) throws Exception {
        try (var found =
                Files.newDirectoryStream(Path.of("/dev/shm"), "plateau-*-" + launcher.pid())) {
            Path pid = found.iterator().next().resolve("classifier.pid");
            String number = Files.readString(pid).split(" ")[0];
            assertEquals(0, new ProcessBuilder("kill", "-KILL", number).start().waitFor());
        }
    }
}
