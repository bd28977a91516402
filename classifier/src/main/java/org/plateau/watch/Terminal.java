package org.plateau.watch;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A VT100-like terminal that is sent only the lines that changed. */
public final class Terminal {
    private static final String CLEAR = "\u001b[2J";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String TO_LINE_END = "\u001b[K";

    private final PrintStream out;
    private List<String> shown = new ArrayList<>();

    public Terminal(PrintStream out) {
        this.out = out;
    }

    /** Clears the screen. */
    public void begin() {
        shown = List.of();
        out.print(CLEAR + HIDE_CURSOR);
        out.flush();
    }

    /** Brings the screen to these lines. */
    public void show(List<String> lines) {
        StringBuilder changes = new StringBuilder();
        for (int i = 0; i < Math.max(lines.size(), shown.size()); i++) {
            String line = i < lines.size() ? lines.get(i) : "";
            if (i >= shown.size() || !shown.get(i).equals(line)) {
                changes.append("\u001b[").append(i + 1).append(";1H").append(line);
                changes.append(TO_LINE_END);
            }
        }
        out.print(changes);
        out.flush();
        shown = List.copyOf(lines);
    }

    /** Leaves the cursor under the last line. */
    public void end() {
        out.print("\u001b[" + (shown.size() + 1) + ";1H" + SHOW_CURSOR + "\n");
        out.flush();
    }
}
