package org.plateau.launch;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every command that begins a run is told, live or replayed. */
public final class RunOptions {
    @Option(
            names = {"-s", "--settings"},
            required = true,
            paramLabel = "FILE",
            description = "Settings file; config/plateau.yaml explains every key.")
    private Path settings;

    @Option(
            names = {"-r", "--run-directory"},
            paramLabel = "DIR",
            description = "Where results and logs go; wins over run.directory.")
    private Path runDirectory;

    public Path settings() {
        return settings;
    }

    /** Null if it is not named. */
    public Path runDirectory() {
        return runDirectory;
    }
}
