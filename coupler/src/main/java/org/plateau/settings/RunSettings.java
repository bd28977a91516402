package org.plateau.settings;

import java.nio.file.Path;

/**
 * Section {@code run}: what is being watched and where its results go.
 *
 * @param name name of the run, part of every result's identity
 * @param directory run directory: results, events, status, journal, logs and the files by which a
 *     person vetoes, stops or resumes; any file system
 * @param length model time that the run is planned for, s; NaN if not told
 */
public record RunSettings(String name, Path directory, double length) {
    /**
     * Environment variable that wins over {@code run.directory}: {@code plateau run -r} sets it.
     */
    public static final String DIRECTORY = "PLATEAU_RUN_DIRECTORY";

    public static RunSettings read(SettingsNode section) {
        String directory = section.text("directory", "plateau");
        String override = System.getenv(DIRECTORY);
        return new RunSettings(
                section.text("name", "run"),
                Path.of(override == null || override.isEmpty() ? directory : override),
                section.seconds("length", Double.NaN));
    }

    /** The file whose presence asks the coupler of every node to raise the model's stop flag. */
    public Path stopFile() {
        return directory.resolve("stop.json");
    }
}
