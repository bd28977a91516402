package org.plateau.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code session}: where the session is and how long its parts may take.
 *
 * @param directory the session's directory, on tmpfs; empty: one under /dev/shm named for the user
 *     and the job
 * @param settle how long the parts are looked at after their start before the model starts
 * @param gather in a job of several nodes, how long the model waits for the sessions of the others
 * @param silence how long the classifier may say nothing before it is ended and started again
 * @param finish how long coupler and classifier may take for what is left once the model has ended
 */
public record SessionSettings(
        String directory, Duration settle, Duration gather, Duration silence, Duration finish) {
    /** Environment variable that names the session to hook, model API and {@code finish}. */
    public static final String VARIABLE = "PLATEAU_SESSION";

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(30);

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    public static SessionSettings read(SettingsNode section) {
        return new SessionSettings(
                section.text("directory", ""),
                section.duration("settle", Duration.ofMillis(1500)),
                section.duration("gather", Duration.ofMinutes(1)),
                silence(section),
                section.duration("finish", Duration.ofMinutes(2)));
    }

    private static Duration silence(SettingsNode section) {
        Duration silence = section.duration("silence", Duration.ofMinutes(10));
        if (silence.compareTo(LEAST_SILENCE) < 0) {
            throw section.wrong(
                    "silence",
                    "at least 30 s, for a classifier that is well may say nothing for 15 s",
                    "" + silence);
        }
        return silence;
    }

    /** A directory for a new session of one command; never one that is there already. */
    Path forCommand(Map<String, String> environment, long pid) {
        if (!directory.isEmpty()) {
            return Path.of(directory);
        }
        Path ofJob = named(environment.getOrDefault("SLURM_JOB_ID", Long.toString(pid)));
        return Files.exists(ofJob) ? named(ofJob.getFileName() + "-" + pid) : ofJob;
    }

    /**
     * Where a command goes if another one of the job had the same idea at the same moment.
     *
     * @return empty: the settings leave it no choice, or nobody else could have had it
     */
    Optional<Path> another(Map<String, String> environment, long pid) {
        String job = environment.getOrDefault("SLURM_JOB_ID", "");
        return directory.isEmpty() && !job.isEmpty()
                ? Optional.of(named(job + "-" + pid))
                : Optional.empty();
    }

    /** The directory of a job's session, the same for {@code start} and {@code finish}. */
    Path forJob(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        if (!directory.isEmpty()) {
            return Path.of(directory);
        }
        String job = environment.get("SLURM_JOB_ID");
        if (job == null) {
            throw new SettingsException(
                    "expected "
                            + VARIABLE
                            + " in the environment, found none; source slurm/env.sh before");
        }
        return named(job);
    }

    /** The same, for one that has not read the settings. */
    static Path ofJob(Map<String, String> environment) {
        return read(SettingsFile.parse("defaults", "").section("session")).forJob(environment);
    }

    private static Path named(String name) {
        return SHARED_MEMORY.resolve(
                name.startsWith("plateau-") ? name : "plateau-" + user() + "-" + name);
    }

    private static long user() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self: cannot tell who runs this", e);
        }
    }
}
