package org.plateau.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code status.json} or {@code summary.json} says, in the words that all outputs share, as
 * lines of at most {@value #WIDTH} columns.
 */
public final class StatusText {
    /** Columns of a terminal. */
    public static final int WIDTH = 80;

    private static final String INDENT = "  ";
    private static final List<String> ENDS =
            List.of("used", "metadata", "superseded", "orphan", "dropped", "torn");

    private StatusText() {}

    /** Model time of the last output: {@code 48.5 days}; {@code -} before the first. */
    public static String time(JsonNode status) {
        JsonNode time = status.path("modelTime");
        String unit = time.path("units").asText("").strip().split("\\s+")[0];
        return (significant(time.path("value").asDouble(Double.NaN), 6) + " " + unit).strip();
    }

    /** As many digits as say something, without trailing zeros; {@code -} if it is no number. */
    public static String significant(double value, int digits) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        return size != 0 && (size < 1e-5 || size >= 1e7)
                ? rounded.toString()
                : rounded.toPlainString();
    }

    /** A length of time by the wall clock: {@code 3 s}, {@code 12 min}, {@code 5.2 h}. */
    public static String span(Duration time) {
        double seconds = Math.max(0, time.toMillis() / 1e3);
        if (seconds < 99.5) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        } else if (seconds < 99.5 * 60) {
            return String.format(Locale.ROOT, "%.0f min", seconds / 60);
        } else if (seconds < 48 * 3600) {
            return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
        }
        return String.format(Locale.ROOT, "%.1f days", seconds / 86400);
    }

    /**
     * How long ago something of the status was.
     *
     * @param key whose value is a time of the wall clock, such as {@code wall}
     */
    public static Optional<Duration> since(JsonNode status, String key, Instant now) {
        try {
            return Optional.of(Duration.between(Instant.parse(status.path(key).asText()), now));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** What became of every write, and why some could not be used. */
    public static List<String> account(JsonNode status) {
        JsonNode account = status.path("account");
        StringBuilder sum = new StringBuilder("written " + account.path("written").asLong());
        String sign = " = ";
        long left = account.path("written").asLong();
        for (String end : ENDS) {
            sum.append(sign).append(end).append(' ').append(account.path(end).asLong());
            left -= account.path(end).asLong();
            sign = " + ";
        }
        if (left > 0 && !status.path("state").asText("ended").equals("ended")) {
            sum.append(" + under way ").append(left);
            left = 0;
        }
        List<String> lines =
                new ArrayList<>(
                        wrapped(sum + (left == 0 ? "" : " (" + left + " unaccounted for)")));
        for (Map.Entry<String, JsonNode> reason : account.path("reasons").properties()) {
            lines.addAll(wrapped(INDENT + reason.getValue().asLong() + " " + reason.getKey()));
        }
        return lines;
    }

    /** A text in lines of at most 80 columns, the later ones indented. */
    public static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text.stripTrailing();
        while (rest.length() > WIDTH) {
            int cut = rest.lastIndexOf(' ', WIDTH);
            if (rest.substring(0, Math.max(cut, 0)).isBlank()) {
                cut = rest.indexOf(' ', WIDTH);
            }
            if (cut < 0) {
                break;
            }
            lines.add(rest.substring(0, cut));
            rest = INDENT + rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }
}
