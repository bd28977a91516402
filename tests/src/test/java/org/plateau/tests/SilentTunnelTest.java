package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

/** The page at the end of a tunnel that dies without closing anything. */
@Tag("monitor")
@ExtendWith(Workplace.class)
@Timeout(300)
class SilentTunnelTest {
    private static final Path SHOTS = Workplace.home().resolve("tests/target/screenshots");
    private static final String MESSAGE = "document.querySelector('#message').textContent";
    private static final String STATE = "document.querySelector('#state').textContent";
    private static final String PICTURE = "document.querySelector('#categories .base').toDataURL()";

    /** The page's timers go by a clock that can be put forward. */
    private static final String CLOCK =
            """
            const set = setTimeout.bind(window), clear = clearTimeout.bind(window);
            const timers = new Map();
            let ahead = 0, last = 0;
            const arm = (id, timer) => {
              const left = timer.due - performance.now() - ahead;
              timer.real = set(() => { timers.delete(id); timer.run(); }, Math.max(0, left));
            };
            window.setTimeout = (run, wait = 0) => {
              const timer = { due: performance.now() + ahead + wait, run };
              timers.set(++last, timer);
              arm(last, timer);
              return last;
            };
            window.clearTimeout = (id) => {
              clear(timers.get(id)?.real);
              timers.delete(id);
            };
            window.putForward = (milliseconds) => {
              ahead += milliseconds;
              timers.forEach((timer, id) => { clear(timer.real); arm(id, timer); });
            };
            """;

    @Test
    void thePageSaysSinceWhenThereIsNoNewsAndComesBackByItself(Path work) throws Exception {
        outputs(work, 40);
        try (Monitor monitor =
                        Monitor.start(work, new MonitorSettings(0, "", 8), new NoActions(), null);
                Tunnel tunnel = Tunnel.to(monitor.port());
                Browser browser = Browser.start(work.resolve("profile"))) {
            String url = monitor.url().replace(":" + monitor.port(), ":" + tunnel.port());
            browser.first("{" + CLOCK + "}");
            browser.open(url, 1200, 900, "light");
            browser.await(STATE + ".includes(' 40 outputs')");
            browser.await("performance.getEntriesByName('plateau-drawn').length > 0");
            browser.await("document.querySelector('#message').hidden");

            browser.value("window.before = " + PICTURE);
            tunnel.fallSilent();
            outputs(work, 50);
            // The last word may have come ten seconds ago.
            browser.value("putForward(4500)");
            assertTrue(browser.value("document.querySelector('#message').hidden").asBoolean());
            browser.value("putForward(10500)");
            browser.await(MESSAGE + ".startsWith('No news since')");
            String said = browser.value(MESSAGE).asText();
            assertTrue(said.matches("No news since \\d.*tries again.*"), said);
            assertTrue(browser.value(STATE).asText().contains(" 40 outputs"));
            assertEquals(List.of(), Accessibility.violations(browser));
            browser.screenshot(SHOTS.resolve("monitor-silent-tunnel.png"));

            int closed = tunnel.givenUp();
            browser.value("putForward(10000)");
            Eventually.holds(
                    "that the page leaves the silent connection",
                    Duration.ofMinutes(1),
                    () -> tunnel.givenUp() > closed);
            tunnel.restart();
            browser.await(STATE + ".includes(' 50 outputs')");
            browser.await("document.querySelector('#message').hidden");
            assertEquals("", browser.value(MESSAGE).asText());
            // The picture, too, is of now: no question hangs in the old tunnel.
            browser.await(PICTURE + " !== window.before");
        }
    }

    private static void outputs(Path work, int count) throws Exception {
        Path file = work.resolve("results.nc");
        SyntheticResults.write(file, count, 4);
        SyntheticStatus.write(work.resolve("status.json"), ResultsReader.read(file));
    }
}
