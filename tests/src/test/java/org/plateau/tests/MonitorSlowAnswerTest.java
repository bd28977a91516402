package org.plateau.tests;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

/** The page where an answer is overtaken by the news, or does not come at all. */
@Tag("monitor")
@ExtendWith(Workplace.class)
@Timeout(300)
class MonitorSlowAnswerTest {
    private static final String DRAWN =
            "performance.getEntriesByName('plateau-drawn').length > 0"
                    + " && document.querySelectorAll('#verdicts tbody tr').length === 4";

    /** The first answer about the history is kept back until the test lets it go. */
    private static final String HELD =
            "const real = window.fetch; window.asked = 0; window.release = null;"
                    + "window.fetch = async (path, how) => {"
                    + "  const answer = await real(path, how);"
                    + "  if (path === '/api/history' && ++window.asked === 1) {"
                    + "    await new Promise((go) => { window.release = go; });"
                    + "  }"
                    + "  return answer;"
                    + "};";

    /** The second answer about the history fails. */
    private static final String BROKEN =
            "const real = window.fetch; window.asked = 0;"
                    + "window.fetch = async (path, how) => {"
                    + "  if (path === '/api/history' && ++window.asked === 2) {"
                    + "    throw new TypeError('the tunnel broke');"
                    + "  }"
                    + "  return real(path, how);"
                    + "};";

    @Test
    void anAnswerOlderThanTheLastNewsOfARunIsAskedForAgain(Path work) throws Exception {
        try (Monitor monitor = Monitor.start(work, settings(), new NoActions(), null);
                Browser browser = Browser.start(work.resolve("profile"))) {
            browser.first(HELD);
            browser.open(monitor.url(), 1200, 900, "light");
            browser.await("typeof window.release === 'function'"); // "nothing yet", on its way
            outputs(work);
            browser.await("document.querySelector('#state').textContent.includes(' 40 outputs')");
            browser.value("window.release()");
            browser.await(DRAWN);
        }
    }

    @Test
    void anAnswerThatFailedIsAskedForAgainWithoutNews(Path work) throws Exception {
        try (Monitor monitor = Monitor.start(work, settings(), new NoActions(), null);
                Browser browser = Browser.start(work.resolve("profile"))) {
            browser.first(BROKEN);
            browser.open(monitor.url(), 1200, 900, "light");
            browser.await("window.asked === 1"); // "nothing yet"
            outputs(work);
            browser.await(DRAWN);
        }
    }

    private static MonitorSettings settings() {
        return new MonitorSettings(0, "", 8);
    }

    private static void outputs(Path work) throws Exception {
        Path file = work.resolve("results.nc");
        SyntheticResults.write(file, 40, 4);
        SyntheticStatus.write(work.resolve("status.json"), ResultsReader.read(file));
    }
}
