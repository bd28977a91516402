package org.plateau.runcontrol;

import java.time.Duration;
import java.util.List;
import org.plateau.settings.SettingsNode;

/**
 * One entry of {@code stop.adapters}.
 *
 * @param kind which adapter
 * @param file stop-file: the file to write, relative to the run directory; signal: the file that
 *     holds the process number
 * @param content stop-file: what to write
 * @param signal signal, scancel: name of the signal without SIG
 * @param jobs scancel: the job or step; cancel-jobs: the jobs; environment variables as {@code
 *     $NAME}
 * @param command command: program and arguments
 * @param restart signal, scancel: pattern of restart files, relative to the run directory, the next
 *     of which to wait for; empty: do not wait
 * @param limit how long one try may take
 */
public record AdapterSettings(
        Kind kind,
        String file,
        String content,
        String signal,
        List<String> jobs,
        List<String> command,
        String restart,
        Duration limit) {

    /** The adapters there are. */
    public enum Kind {
        MODEL_API,
        STOP_FILE,
        SIGNAL,
        SCANCEL,
        CANCEL_JOBS,
        COMMAND;

        /** The name in settings and audit lines. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    static final AdapterSettings MODEL_API =
            new AdapterSettings(
                    Kind.MODEL_API, "", "", "", List.of(), List.of(), "", Duration.ofSeconds(30));

    public AdapterSettings {
        jobs = List.copyOf(jobs);
        command = List.copyOf(command);
    }

    static AdapterSettings read(SettingsNode section) {
        AdapterSettings read =
                new AdapterSettings(
                        section.choice("kind", Kind.MODEL_API),
                        section.text("file", ""),
                        section.text("content", ""),
                        section.text("signal", ""),
                        section.texts("jobs", List.of()),
                        section.texts("command", List.of()),
                        section.text("restart", ""),
                        section.duration("limit", Duration.ofSeconds(30)));
        read.check(section);
        return read;
    }

    private void check(SettingsNode section) {
        switch (kind) {
            case MODEL_API -> {}
            case STOP_FILE -> require(section, "file", !file.isEmpty(), "the name of a file");
            case SIGNAL -> {
                require(section, "file", !file.isEmpty(), "the file with the process number");
                require(section, "signal", signal.matches("[A-Z][A-Z0-9+-]*"), "a signal as TERM");
            }
            case SCANCEL -> {
                require(section, "jobs", jobs.size() == 1, "one job or step");
                require(section, "signal", signal.matches("[A-Z][A-Z0-9]*"), "a signal as USR1");
            }
            case CANCEL_JOBS -> require(section, "jobs", !jobs.isEmpty(), "jobs");
            case COMMAND -> require(section, "command", !command.isEmpty(), "a program");
        }
    }

    private static void require(SettingsNode s, String key, boolean good, String expected) {
        if (!good) {
            throw s.wrong(key, expected, "'" + String.join(" ", s.texts(key, List.of())) + "'");
        }
    }
}
