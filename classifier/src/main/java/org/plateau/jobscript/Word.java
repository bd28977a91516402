package org.plateau.jobscript;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word or an operator of a line of bash, and where it stands in the script. */
record Word(String text, int start, int end) {
    private static final Pattern WORD =
            Pattern.compile(
                    "\\\\\\R|\\s+|(?<comment>(?<![^\\s;&|()])#.*)"
                            + "|(?<word>\\d*>>?&?\\d*|&>>?|<<<|<<-?|<|&&|\\|\\||\\|&|;;|[;|&()]"
                            + "|(?:[^\\s;|&()<>'\"\\\\]|\\\\.|'[^']*+'"
                            + "|\"(?:[^\"\\\\]++|\\\\(?s:.))*+\")++)"
                            + "|.");

    /** The words of the text between two offsets, without comments. */
    static List<Word> of(String script, int from, int to) {
        Matcher matcher = WORD.matcher(script).region(from, to);
        matcher.useTransparentBounds(true);
        return matcher.results()
                .filter(found -> found.group(2) != null)
                .map(found -> new Word(found.group(2), found.start(), found.end()))
                .toList();
    }

    boolean in(List<String> texts) {
        return texts.contains(text);
    }
}
