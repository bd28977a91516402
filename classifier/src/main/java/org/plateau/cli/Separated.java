package org.plateau.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a table cut into its fields, without the blanks and quotation marks around them. What
 * stands between quotation marks is one field, whatever is in it, and two of them there are one
 * (RFC 4180).
 *
 * @param separator a semicolon, a tab, a comma, or a blank for any number of blanks and tabs
 */
record Separated(char separator) {
    private static final String SEPARATORS = ";\t,";

    /** Takes the separator that a line has outside of quotation marks. */
    static Separated like(String row) {
        String outside = row.replaceAll("\"[^\"]*\"", "").strip();
        for (char c : SEPARATORS.toCharArray()) {
            if (outside.indexOf(c) >= 0) {
                return new Separated(c);
            }
        }
        return new Separated(' ');
    }

    String[] fields(String row) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        String text = separator == ' ' ? row.strip() : row;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && text.startsWith("\"\"", i)) {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || !separates(c)) {
                field.append(c);
            } else if (separator != ' ' || field.length() > 0) {
                fields.add(field.toString().strip());
                field.setLength(0);
            }
        }
        fields.add(field.toString().strip());
        return fields.toArray(String[]::new);
    }

    private boolean separates(char c) {
        return c == separator || separator == ' ' && Character.isWhitespace(c);
    }
}
