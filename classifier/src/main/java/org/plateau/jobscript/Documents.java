package org.plateau.jobscript;

import java.util.List;

/** Here-documents: text within a script that is not of the script. */
final class Documents {
    private Documents() {}

    /**
     * Where the script goes on after a line and the documents that it begins.
     *
     * @param begin where the line begins
     * @param end where the next one does
     */
    static int after(String script, int begin, int end) {
        List<Word> words = Word.of(script, begin, end);
        int at = end;
        boolean arithmetic = false;
        for (int i = 0; i + 1 < words.size(); i++) {
            String operator = words.get(i).text();
            if (twice(words, i, "(") || twice(words, i, ")")) {
                arithmetic = operator.equals("(");
            } else if (!arithmetic && (operator.equals("<<") || operator.equals("<<-"))) {
                String delimiter = words.get(i + 1).text().replaceAll("['\"\\\\]", "");
                at = behind(script, at, delimiter, operator.equals("<<-"));
            }
        }
        return at;
    }

    /** The brackets of an arithmetic expression, in which {@code <<} is a shift. */
    private static boolean twice(List<Word> words, int i, String bracket) {
        return words.get(i).text().equals(bracket)
                && words.get(i + 1).text().equals(bracket)
                && words.get(i).end() == words.get(i + 1).start();
    }

    private static int behind(String script, int from, String delimiter, boolean tabs) {
        int at = from;
        while (at < script.length()) {
            int next = script.indexOf('\n', at) + 1;
            String line = script.substring(at, next - 1);
            at = next;
            if ((tabs ? line.replaceFirst("^\t+", "") : line).equals(delimiter)) {
                return at;
            }
        }
        throw new IllegalArgumentException(
                "expected the end '" + delimiter + "' of a here-document, found none");
    }
}
