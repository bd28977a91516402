package org.plateau.jobscript;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What of bash's loops, conditions, functions and brackets is open at a place of a script. */
final class Nesting {
    private static final Map<String, String> CLOSES =
            Map.of(
                    "for", "done", "while", "done", "until", "done", "select", "done", "if", "fi",
                    "case", "esac", "{", "}", "(", ")");

    /** A command may follow these. */
    private static final List<String> BEFORE_COMMANDS =
            List.of(
                    ";", "&&", "||", "|", "|&", "&", ";;", "(", ")", "{", "!", "do", "then", "else",
                    "elif", "if", "while", "until", "time");

    private final Deque<String> closings = new ArrayDeque<>();

    boolean isInside() {
        return !closings.isEmpty();
    }

    /**
     * Passes a line.
     *
     * @return the word of it that closes what is not open; null if there is none
     */
    Word pass(List<Word> line) {
        boolean command = true;
        for (Word word : line) {
            if (!take(word.text(), command)) {
                return word;
            }
            command = word.in(BEFORE_COMMANDS);
        }
        return null;
    }

    private boolean take(String word, boolean command) {
        boolean bracket = word.equals("(") || word.equals(")") || word.equals("{");
        if (!command && !bracket) {
            return true;
        }
        String open = closings.peek();
        if (CLOSES.containsKey(word)) {
            closings.push(CLOSES.get(word));
        } else if (word.equals(open)) {
            closings.pop();
        } else if (CLOSES.containsValue(word)) {
            return word.equals(")") && "esac".equals(open); // behind a pattern of case
        }
        return true;
    }
}
