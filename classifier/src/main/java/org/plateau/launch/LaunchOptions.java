package org.plateau.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code run} and {@code start} are told of the run and its nodes. */
final class LaunchOptions {
    @Mixin private RunOptions run;

    @Option(
            names = "--hostfile",
            paramLabel = "FILE",
            description =
                    "Outside Slurm: the model's nodes, a name a line, as mpirun has it; reached by"
                            + " ssh. In a Slurm job its own nodes are taken.")
    private Path hostfile;

    LaunchSettings load() {
        return LaunchSettings.load(run.settings(), run.runDirectory());
    }

    JobNodes nodes(Map<String, String> environment) {
        return JobNodes.of(environment, hostfile);
    }

    /** The same options for another command. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("--settings", run.settings().toString()));
        if (run.runDirectory() != null) {
            words.addAll(List.of("--run-directory", run.runDirectory().toString()));
        }
        if (hostfile != null) {
            words.addAll(List.of("--hostfile", hostfile.toString()));
        }
        return words;
    }
}
