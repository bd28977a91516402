package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;
import org.plateau.tests.Program.Outcome;

/** {@code plateau watch} as a process on a terminal of another size than the usual one. */
@Tag("monitor")
@ExtendWith(Workplace.class)
@Timeout(300)
class WatchInATerminalTest {
    private static final int ROWS = 30;
    private static final int COLUMNS = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern PIECE =
            Pattern.compile("\u001b\\[([0-9;?]*)([A-Za-z])|([^\u001b\r\n]+)|[\r\n]");

    @Test
    void theRunFillsTheScreenFollowsItAndTheTerminalIsLeftAsItWas(Path work) throws Exception {
        outputs(work, 60);
        Program watch =
                Program.shell(
                                work,
                                "script -qfec 'stty cols 100 rows 30; exec plateau watch --interval"
                                        + " 0.3 .' screen; true")
                        .with("TERM", "xterm")
                        .named("watch");
        Process process = watch.startWithInput();
        Path screen = work.resolve("screen");
        Eventually.holds("the first screen", LIMIT, () -> text(screen).contains("60 outputs"));
        outputs(work, 70);
        Eventually.holds("what is new", LIMIT, () -> text(screen).contains("70 outputs"));
        process.getOutputStream().write(3); // Ctrl-C
        process.getOutputStream().flush();
        watch.await(process, LIMIT);

        String all = Files.readString(screen);
        assertTrue(all.contains("\u001b[38;"), "colours");
        assertTrue(all.lastIndexOf("\u001b[?25h") > all.lastIndexOf("\u001b[?25l"), "the cursor");
        String[] lines = played(all);
        assertTrue(lines[0].contains("synthetic") && lines[0].contains("running"), lines[0]);
        assertTrue(Arrays.stream(lines).anyMatch(line -> line.contains("would stop")));
        assertTrue(Arrays.stream(lines).anyMatch(line -> line.contains("records/s")));
        assertTrue(Arrays.stream(lines).anyMatch(line -> line.length() > 80), "its whole width");
    }

    @Test
    void aTerminalThatCannotMoveItsCursorGetsTheScreenOnceAsText(Path work) throws Exception {
        outputs(work, 60);
        Outcome outcome =
                Program.shell(work, "script -qfec 'plateau watch .' screen </dev/null")
                        .with("TERM", "dumb")
                        .run();
        assertEquals(0, outcome.code(), outcome.text());
        String all = Files.readString(work.resolve("screen"));
        assertTrue(all.contains("60 outputs"), all);
        assertEquals(-1, all.indexOf('\u001b'), all);
    }

    private static void outputs(Path work, int count) throws Exception {
        Path file = work.resolve("results.nc");
        SyntheticResults.write(file, count, 12);
        SyntheticStatus.write(work.resolve("status.json"), ResultsReader.read(file));
    }

    private static String text(Path file) throws Exception {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** What a terminal shows in the end; nothing may leave its lines and columns. */
    private static String[] played(String sent) {
        String[] lines = new String[ROWS + 2];
        Arrays.fill(lines, "");
        int row = 1;
        Matcher piece = PIECE.matcher(sent.substring(sent.indexOf("\u001b[2J")));
        while (piece.find() && !sent.startsWith("Script done", piece.start())) {
            if (piece.group(3) != null) {
                if (piece.group(3).startsWith("Script done")) {
                    break;
                }
                lines[row - 1] += piece.group(3);
                int width = lines[row - 1].length();
                assertTrue(width <= COLUMNS || piece.group(3).startsWith("^C"), lines[row - 1]);
            } else if ("H".equals(piece.group(2))) {
                row = Integer.parseInt(piece.group(1).split(";")[0]);
                assertTrue(row <= ROWS + 1, "row " + row);
                lines[row - 1] = "";
            }
        }
        assertEquals("", lines[ROWS + 1]);
        return lines;
    }
}
