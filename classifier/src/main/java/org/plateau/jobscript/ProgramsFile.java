package org.plateau.jobscript;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The file of {@code srun --multi-prog}: ranks and their program on each line. plateau-hook belongs
 * into it, before the XIOS server; the job writes such a copy and gives it to srun.
 *
 * @param name the word of the script that names it
 * @param files the text of a file; empty if it cannot be read
 */
record ProgramsFile(Word name, String script, UnaryOperator<String> files) {
    private static final String SERVER = "[^[:space:]]*xios[^[:space:]]*";
    private static final Pattern HOOKED =
            Pattern.compile("(?m)^\\s*[^#\\s]\\S*\\s+\\S*plateau-hook\\s");
    private static final Pattern SERVERS = Pattern.compile("(?m)^\\s*[^#\\s]\\S*\\s+\\S*xios\\S*");

    /** The line from {@code begin} to {@code last}, and what must stand before it. */
    String watched(int begin, int last) {
        String text = files.apply(name.text());
        String known = text.isEmpty() ? script : text;
        if (HOOKED.matcher(known).find()) {
            return script.substring(begin, last);
        }
        if (SERVERS.matcher(known).results().count() != 1) {
            throw new IllegalArgumentException(
                    "expected one line with an XIOS server in "
                            + name.text()
                            + ", the file of --multi-prog, found "
                            + (text.isEmpty() ? "no such file" : "another number")
                            + "; put plateau-hook before the writing program there by hand");
        }
        String copy = name.text().replaceFirst("\"?$", ".plateau$0");
        List<String> lines =
                List.of(
                        "# plateau-hook before the XIOS server, in a copy of the file of programs.",
                        "sed -E 's|^([[:space:]]*[^#[:space:]]+[[:space:]]+)("
                                + SERVER
                                + ")|\\1plateau-hook \\2|' "
                                + name.text()
                                + " >"
                                + copy);
        return String.join("\n", lines)
                + "\n"
                + script.substring(begin, name.start())
                + copy
                + script.substring(name.end(), last);
    }
}
