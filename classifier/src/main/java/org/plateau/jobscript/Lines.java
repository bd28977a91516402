package org.plateau.jobscript;

/** Lines as bash reads them: continued ones, and those within quotes, are one. */
final class Lines {
    private Lines() {}

    /**
     * Where the next line begins.
     *
     * @param from where this one does
     * @throws IllegalArgumentException if a quote in it is never closed
     */
    static int after(String script, int from) {
        int at = from;
        while (at < script.length()) {
            char letter = script.charAt(at);
            if (letter == '\n') {
                return at + 1;
            }
            at =
                    switch (letter) {
                        case '\\' -> at + 2;
                        case '\'', '"' -> behindQuote(script, at);
                        case '#' -> startsWord(script, at) ? endOfComment(script, at) : at + 1;
                        default -> at + 1;
                    };
        }
        return script.length();
    }

    private static boolean startsWord(String script, int at) {
        return at == 0 || " \t\n;&|()".indexOf(script.charAt(at - 1)) >= 0;
    }

    private static int endOfComment(String script, int at) {
        int end = script.indexOf('\n', at);
        return end < 0 ? script.length() : end;
    }

    private static int behindQuote(String script, int begin) {
        char quote = script.charAt(begin);
        boolean escapes = quote == '"' || begin > 0 && script.charAt(begin - 1) == '$';
        for (int at = begin + 1; at < script.length(); at++) {
            if (script.charAt(at) == quote) {
                return at + 1;
            }
            if (escapes && script.charAt(at) == '\\') {
                at++;
            }
        }
        throw JobScript.at(script, begin, "a quote that nothing closes");
    }
}
