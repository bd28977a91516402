package org.plateau.bridge;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which variables the hook copies, as {@code native/hook/select.c} decides it: the last pattern
 * that matches wins, one that begins with {@code !} excludes, and without any that includes,
 * everything else is wanted.
 */
public final class Selection {
    private final List<String> variables;
    private final List<String> dimensions;

    public Selection(HookSettings hook) {
        this.variables = hook.variables();
        this.dimensions = hook.dimensions();
    }

    /**
     * Whether a variable that is no coordinate is copied.
     *
     * @param name with groups
     * @param joined names of its dimensions, joined by commas
     */
    public boolean includes(String name, String joined) {
        return wanted(variables, name) && wanted(dimensions, joined);
    }

    private static boolean wanted(List<String> patterns, String name) {
        boolean verdict = patterns.stream().allMatch(pattern -> pattern.startsWith("!"));
        for (String pattern : patterns) {
            boolean excludes = pattern.startsWith("!");
            if (matches(excludes ? pattern.substring(1) : pattern, name)) {
                verdict = !excludes;
            }
        }
        return verdict;
    }

    /** As fnmatch(3) without flags: {@code *}, {@code ?} and {@code [...]}. */
    private static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int end = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (end > 0) {
                String inside = pattern.substring(i + 1, end).replace("\\", "\\\\");
                boolean not = inside.startsWith("!");
                regex.append(not ? "[^" : "[").append(inside.substring(not ? 1 : 0)).append(']');
                i = end;
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    }
}
