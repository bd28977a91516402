package org.plateau.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large the terminal is, in characters. */
record TerminalSize(int columns, int lines) {
    static final TerminalSize USUAL = new TerminalSize(80, 24);

    private static final Pattern STTY = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})\\s*");

    /** As it is now, also after its window was made larger or smaller. */
    static TerminalSize now(Map<String, String> environment) {
        return asked().orElseGet(() -> named(environment));
    }

    /** What stty says of the terminal that this process reads from. */
    private static Optional<TerminalSize> asked() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] said = stty.getInputStream().readAllBytes();
            return said(new String(said, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty(); // no stty here
        }
    }

    /** Lines and columns as stty tells them; a terminal that does not know says 0 0. */
    static Optional<TerminalSize> said(String text) {
        Matcher size = STTY.matcher(text);
        return size.matches()
                ? Optional.of(
                        new TerminalSize(
                                Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1))))
                : Optional.empty();
    }

    /** What COLUMNS and LINES say, where they are numbers. */
    static TerminalSize named(Map<String, String> environment) {
        int columns = number(environment.get("COLUMNS"), USUAL.columns);
        int lines = number(environment.get("LINES"), USUAL.lines);
        return new TerminalSize(columns, lines);
    }

    private static int number(String text, int otherwise) {
        return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
    }

    /** Whether a screen fits; a window that is made smaller for a moment keeps the last one. */
    boolean isEnough() {
        return columns >= 60 && lines >= 12;
    }
}
