package org.plateau.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.Option;

/** Which run a command is about: a run directory, or the settings that name it. */
final class RunDirectory {

    @Option(
            names = {"-r", "--run-directory"},
            paramLabel = "DIR",
            description =
                    "The run's directory. Default: that of --settings, else"
                            + " $PLATEAU_RUN_DIRECTORY, else ./plateau.")
    private Path directory;

    @Option(
            names = {"-s", "--settings"},
            paramLabel = "FILE",
            description = "Settings file of the run.")
    private Path settings;

    /**
     * The run directory.
     *
     * @throws IllegalArgumentException if there is no such directory
     */
    Path existing() {
        Path found = chosen();
        if (!Files.isDirectory(found)) {
            throw new IllegalArgumentException(
                    "expected a run directory (--run-directory), got " + found + ", which is none");
        }
        return found;
    }

    private Path chosen() {
        if (directory != null) {
            return directory;
        }
        if (settings != null) {
            return RunSettings.read(SettingsFile.load(settings).section("run")).directory();
        }
        String fromEnvironment = System.getenv(RunSettings.DIRECTORY);
        boolean given = fromEnvironment != null && !fromEnvironment.isEmpty();
        return Path.of(given ? fromEnvironment : "plateau");
    }
}
