package org.plateau.runcontrol;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plateau.field.ModelTime;
import org.plateau.field.TimeUnits;

/**
 * Whether a model that was asked to end has left a restart to go on from: written after it was
 * asked, readable, and of a time not before its last output.
 */
public final class RestartCheck {

    /** Rounding of times in files of single precision. */
    private static final double SAME_SECONDS = 60;

    private static final double DAY = 86_400;
    private static final Pattern DATE = Pattern.compile("(-?\\d+)-(\\d\\d)-(\\d\\d).*");

    private final RestartSettings settings;
    private final Path directory;
    private final RestartTimes times;

    /** What was found. */
    public enum Result {
        GOOD("good"),
        NONE("none"),
        UNREADABLE("unreadable"),
        WRONG_TIME("wrong time");

        private final String text;

        Result(String text) {
            this.text = text;
        }

        /** The name in outputs. */
        public String text() {
            return text;
        }
    }

    /**
     * What was found.
     *
     * @param detail which file, and what is wrong with it
     */
    public record Found(Result result, String detail) {}

    /**
     * @param directory the run directory, to which the settings' pattern is relative
     */
    public RestartCheck(RestartSettings settings, Path directory, RestartTimes times) {
        this.settings = settings;
        this.directory = directory;
        this.times = times;
    }

    /**
     * Looks; empty if the settings do not say what to look for.
     *
     * @param asked when the model was asked to end
     * @param last time of its last output
     */
    public Optional<Found> look(Instant asked, ModelTime last) {
        if (settings.files().isEmpty()) {
            return Optional.empty();
        }
        Path pattern = directory.resolve(settings.files()).toAbsolutePath().normalize();
        try {
            Optional<Path> newest = newest(pattern, asked);
            return Optional.of(
                    newest.isEmpty()
                            ? new Found(
                                    Result.NONE,
                                    "expected a file " + pattern + " written since " + asked)
                            : judged(newest.get(), last));
        } catch (IOException e) {
            return Optional.of(new Found(Result.UNREADABLE, pattern + ": " + e.getMessage()));
        }
    }

    private static Optional<Path> newest(Path pattern, Instant asked) throws IOException {
        Path newest = null;
        Instant latest = asked.minusSeconds(1);
        String name = String.valueOf(pattern.getFileName());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(pattern.getParent(), name)) {
            for (Path file : files) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                if (written.isAfter(latest)) {
                    newest = file;
                    latest = written;
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    private Found judged(Path file, ModelTime last) throws IOException {
        if (!settings.time().isEmpty()) {
            return byTime(file, times.read(file, settings.time()), last);
        } else if (!settings.date().isEmpty()) {
            return byDate(file, times.read(file, settings.date()), last);
        }
        if (Files.size(file) == 0) {
            return new Found(Result.UNREADABLE, file + " is empty");
        }
        try (java.io.InputStream in = Files.newInputStream(file)) {
            in.read();
        }
        return new Found(Result.GOOD, file.toString());
    }

    private Found byTime(Path file, RestartTimes.Value time, ModelTime last) throws IOException {
        if (settings.step() > 0) {
            double seconds = last.units().seconds(0) + time.number() * settings.step();
            ModelTime counted = new ModelTime(last.units().value(seconds), last.units());
            return found(seconds >= last.seconds() - SAME_SECONDS, file, counted.toString(), last);
        }
        String units = settings.units().isEmpty() ? time.units() : settings.units();
        ModelTime restart;
        try {
            restart = new ModelTime(time.number(), TimeUnits.of(units, last.units().calendar()));
        } catch (IllegalArgumentException e) {
            throw new IOException(settings.time() + ": " + e.getMessage(), e);
        }
        boolean late = restart.seconds() >= last.seconds() - SAME_SECONDS;
        return found(late, file, restart.toString(), last);
    }

    /** A date stands for any time of its day, and for the midnight at its end. */
    private Found byDate(Path file, RestartTimes.Value date, ModelTime last) throws IOException {
        ModelTime before = new ModelTime(last.units().value(last.seconds() - DAY), last.units());
        Matcher parts = DATE.matcher(before.toString());
        if (!parts.matches()) {
            throw new IOException(
                    "the outputs have no dates to hold " + settings.date() + " against");
        }
        long least =
                Long.parseLong(parts.group(1)) * 10_000
                        + Long.parseLong(parts.group(2)) * 100
                        + Long.parseLong(parts.group(3));
        return found(date.number() >= least, file, String.format("%.0f", date.number()), last);
    }

    private static Found found(boolean good, Path file, String time, ModelTime last) {
        return good
                ? new Found(Result.GOOD, file + " of " + time)
                : new Found(
                        Result.WRONG_TIME,
                        "expected a time from " + last + " on in " + file + ", got " + time);
    }
}
