package org.plateau.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which run a command is about: the same argument and options in every command that asks. */
final class RunDirectory {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN_DIR",
            description =
                    "The run's directory, or the results.nc in it. Default: run.directory of"
                            + " --settings, else $PLATEAU_RUN_DIRECTORY, else ./plateau.")
    private Path place;

    @Option(
            names = {"-r", "--run-directory"},
            paramLabel = "DIR",
            description = "The same as an option.")
    private Path directory;

    @Option(
            names = {"-s", "--settings"},
            paramLabel = "FILE",
            description =
                    "Settings file of the run; without another word its run.directory is meant.")
    private Path settings;

    /**
     * The run directory.
     *
     * @throws IllegalArgumentException if there is no such directory, or if several are named
     */
    Path existing() {
        Path found = chosen();
        if (Files.isRegularFile(found)) {
            Path parent = found.toAbsolutePath().getParent();
            found = found.getFileName().toString().equals("results.nc") ? parent : found;
        }
        if (!Files.isDirectory(found)) {
            throw new IllegalArgumentException(
                    "expected a run directory, found "
                            + (Files.exists(found) ? "a file " : "no ")
                            + found
                            + "; name the run's as RUN_DIR");
        }
        return found;
    }

    /**
     * The results file: the one named, or that of the run directory.
     *
     * @throws IllegalArgumentException if there is no such file or directory, or if several runs
     *     are named
     */
    Path results() {
        Path found = chosen();
        if (!Files.exists(found)) {
            throw new IllegalArgumentException(
                    "expected a run directory or a results.nc, found no "
                            + found
                            + "; name the run's as RUN_DIR");
        }
        return Files.isDirectory(found) ? found.resolve("results.nc") : found;
    }

    /** The run's settings; null if none were named. */
    Path settings() {
        return settings;
    }

    private Path chosen() {
        if (place != null && directory != null) {
            throw new IllegalArgumentException(
                    "expected one of RUN_DIR and --run-directory, found both");
        }
        if (place != null || directory != null) {
            return place == null ? directory : place;
        }
        if (settings != null) {
            return RunSettings.read(SettingsFile.load(settings).section("run")).directory();
        }
        String fromEnvironment = System.getenv(RunSettings.DIRECTORY);
        boolean given = fromEnvironment != null && !fromEnvironment.isEmpty();
        return Path.of(given ? fromEnvironment : "plateau");
    }
}
