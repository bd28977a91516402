package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    /**
     * The first answer about the history is kept back until the test lets it go; the second fails.
     */
    private static final String TROUBLED =
            "const real = window.fetch; window.asked = 0; window.release = null;"
                    + "window.fetch = async (path, how) => {"
                    + "  const number = path === '/api/history' ? ++window.asked : 0;"
                    + "  if (number === 2) {"
                    + "    throw new TypeError('the tunnel broke');"
                    + "  }"
                    + "  const answer = await real(path, how);"
                    + "  if (number === 1) {"
                    + "    await new Promise((go) => { window.release = go; });"
                    + "  }"
                    + "  return answer;"
                    + "};";

    @Test
    void anAnswerThatTheLastNewsOvertookOrThatFailedIsAskedForAgain(Path work) throws Exception {
        try (Monitor monitor =
                        Monitor.start(work, new MonitorSettings(0, "", 8), new NoActions(), null);
                Browser browser = Browser.start(work.resolve("profile"))) {
            browser.first(TROUBLED);
            browser.open(monitor.url(), 1200, 900, "light");
            browser.await("typeof window.release === 'function'"); // "nothing yet", on its way
            outputs(work);
            browser.await("document.querySelector('#state').textContent.includes(' 40 outputs')");
            assertEquals(1, browser.value("window.asked").asInt());
            browser.value("window.release()");
            browser.await("window.asked === 2"); // behind the first, and it fails
            browser.await(DRAWN);
            assertEquals(3, browser.value("window.asked").asInt());
        }
    }

    private static void outputs(Path work) throws Exception {
        Path file = work.resolve("results.nc");
        SyntheticResults.write(file, 40, 4);
        SyntheticStatus.write(work.resolve("status.json"), ResultsReader.read(file));
    }
}
