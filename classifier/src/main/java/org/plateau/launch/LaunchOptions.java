package org.plateau.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What {@code run} and {@code start} are told of the run and its nodes. */
final class LaunchOptions {
    @Option(
            names = {"-s", "--settings"},
            required = true,
            paramLabel = "FILE",
            description = "Settings file, see config/plateau.yaml.")
    private Path settings;

    @Option(
            names = {"-r", "--run-directory"},
            paramLabel = "DIR",
            description = "Where results and logs go; wins over run.directory.")
    private Path runDirectory;

    @Option(
            names = "--hostfile",
            paramLabel = "FILE",
            description =
                    "Outside Slurm: the model's nodes, a name a line, as mpirun has it; reached by"
                            + " ssh. In a Slurm job its own nodes are taken.")
    private Path hostfile;

    LaunchSettings load() {
        return LaunchSettings.load(settings, runDirectory);
    }

    JobNodes nodes(Map<String, String> environment) {
        return JobNodes.of(environment, hostfile);
    }

    /** The same options for another command. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("--settings", settings.toString()));
        if (runDirectory != null) {
            words.addAll(List.of("--run-directory", runDirectory.toString()));
        }
        if (hostfile != null) {
            words.addAll(List.of("--hostfile", hostfile.toString()));
        }
        return words;
    }
}
