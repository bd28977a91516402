package org.plateau.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One column of numbers of a text file: a sample per line, columns separated by commas, semicolons,
 * tabs or blanks, an optional header line, lines that begin with {@code #} ignored. Empty, {@code
 * NaN} and the like are missing samples, given on as NaN, also what spreadsheets write for a cell
 * that failed ({@code #N/A}); they count, a header does not.
 */
final class NumberColumn {

    /** An exponent of three digits has no letter where Fortran writes it. */
    private static final Pattern NUMBER =
            Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(?:[eEdD]([+-]?\\d+)|([+-]\\d{3}))?");

    /** What no column is called: a first line with dates and numbers is a sample. */
    private static final Pattern DATE = Pattern.compile("\\d[\\d:/.TZ +-]*");

    private static final List<String> MISSING =
            List.of(
                    "",
                    "nan",
                    "+nan",
                    "-nan",
                    "na",
                    "n/a",
                    "<na>",
                    "nan(ind)",
                    "-nan(ind)",
                    "1.#qnan",
                    "-1.#ind",
                    "null",
                    "none",
                    "--",
                    "inf",
                    "-inf",
                    "+inf",
                    "infinity",
                    "-infinity");

    /** A cell that failed in a spreadsheet: no comment, although it begins like one. */
    private static final Pattern FAILED =
            Pattern.compile("#(N/A|NA|NUM!|DIV/0!|VALUE!|REF!|NAME\\?|NULL!)");

    /** So many columns are named in a message. */
    private static final int NAMED = 12;

    private final String file;
    private final String wanted;
    private Separated separated;
    private String[] header;
    private String title = "";
    private int column = -1;
    private int columns;
    private long line;

    private NumberColumn(String file, String wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    /**
     * Gives every sample of a column on, in the file's order.
     *
     * @param file what messages call it
     * @param wanted name of the column or its number from 1; null if there is only one
     * @throws IllegalArgumentException if the file or a line of it is not such a column
     */
    static void read(InputStream text, String file, String wanted, DoubleConsumer sink)
            throws IOException {
        new NumberColumn(file, wanted)
                .read(
                        new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8)),
                        sink);
    }

    private void read(BufferedReader in, DoubleConsumer sink) throws IOException {
        long blankBefore = 0;
        boolean samples = false;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            line++;
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        file + ": expected lines of text or a netCDF file, got other bytes");
            }
            String row = line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
            if (row.isBlank()) {
                row = "";
            }
            if (row.startsWith("#") && !FAILED.matcher(row).lookingAt()) {
                commented(row);
            } else if (columns == 0 && row.isEmpty()) {
                blankBefore++;
            } else if (columns > 0 || !opens(row)) {
                for (; blankBefore > 0; blankBefore--) {
                    sink.accept(Double.NaN);
                }
                sink.accept(row.isEmpty() ? Double.NaN : sample(row));
                samples = true;
            } else {
                blankBefore = 0;
            }
        }
        if (!samples) {
            String below = columns == 0 ? "" : " below a heading";
            throw new IllegalArgumentException(file + ": expected numbers, found none" + below);
        }
    }

    /** A comment before the data may name the columns, as NumPy writes them. */
    private void commented(String row) {
        if (columns == 0 && row.length() > 1) {
            header = split(row.substring(1).strip());
        }
    }

    /** Takes the first line that says something; true if it is a header. */
    private boolean opens(String row) {
        String[] fields = split(row);
        boolean names = Arrays.stream(fields).anyMatch(this::name);
        columns = fields.length;
        if (names) {
            if (header != null && Arrays.stream(fields).anyMatch(NumberColumn::number)) {
                throw wrong("a number or NaN", row);
            }
            header = fields;
        } else if (header != null && header.length != columns) {
            header = null;
        }
        if (names && separated.separator() == ' ') {
            title = row.strip();
        } else {
            column = chosen();
        }
        return names;
    }

    private boolean name(String field) {
        return !missing(field) && !number(decimal(field)) && !DATE.matcher(field).matches();
    }

    private int chosen() {
        if (wanted == null) {
            if (columns > 1) {
                throw new IllegalArgumentException(
                        file + ": has " + columns + " columns; say which with --column" + names());
            }
            return 0;
        }
        List<String> names = header == null ? List.of() : Arrays.asList(header);
        int named = names.indexOf(wanted);
        if (named != names.lastIndexOf(wanted)) {
            throw new IllegalArgumentException(
                    file
                            + ": expected --column to name one column, got "
                            + wanted
                            + ", which columns "
                            + (named + 1)
                            + " and "
                            + (names.lastIndexOf(wanted) + 1)
                            + " are called; give its number");
        }
        if (named >= 0) {
            return named;
        }
        if (!wanted.matches("[1-9]\\d{0,8}") || Integer.parseInt(wanted) > columns) {
            throw new IllegalArgumentException(
                    file
                            + ": expected --column from 1 to "
                            + columns
                            + names()
                            + ", got "
                            + wanted);
        }
        return Integer.parseInt(wanted) - 1;
    }

    private String names() {
        if (header == null) {
            return "";
        }
        String more = header.length > NAMED ? ", ... (" + header.length + " in all)" : "";
        return " or one of "
                + Arrays.stream(header).limit(NAMED).collect(Collectors.joining(", "))
                + more;
    }

    /** Blanks in the heading may separate columns, or words of the name of the only one. */
    private void settle(int found) {
        if (found == 1 && columns > 1) {
            header = new String[] {title};
            columns = 1;
        }
        column = chosen();
    }

    private double sample(String row) {
        String[] fields = split(row);
        if (column < 0) {
            settle(fields.length);
        }
        if (fields.length <= column) {
            throw wrong("at least " + (column + 1) + " columns", row);
        }
        String field = decimal(fields[column]);
        if (missing(field)) {
            return Double.NaN;
        }
        Matcher number = NUMBER.matcher(field);
        if (!number.matches()) {
            throw wrong("a number or NaN", field);
        }
        String exponent = number.group(2) == null ? number.group(3) : number.group(2);
        return Double.parseDouble(number.group(1) + (exponent == null ? "" : "e" + exponent));
    }

    /** Where columns are not separated by commas, one may stand for the decimal point. */
    private String decimal(String field) {
        return separated.separator() == ',' ? field : field.replace(',', '.');
    }

    private IllegalArgumentException wrong(String expected, String came) {
        String shown = came.length() > 60 ? came.substring(0, 60) + "..." : came;
        return new IllegalArgumentException(
                file + ":" + line + ": expected " + expected + ", got \"" + shown + "\"");
    }

    private String[] split(String row) {
        if (separated == null || columns == 0) {
            separated = Separated.like(row);
        }
        return separated.fields(row);
    }

    private static boolean number(String field) {
        return NUMBER.matcher(field).matches();
    }

    /** Stars are what Fortran writes for a number that has no room. */
    private static boolean missing(String field) {
        return MISSING.contains(field.toLowerCase(Locale.ROOT))
                || FAILED.matcher(field).matches()
                || field.matches("\\*+");
    }
}
