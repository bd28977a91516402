package org.plateau.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.plateau.training.Training;
import org.plateau.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plateau train}: a network from runs of minigcm. */
@Command(
        name = "train",
        description =
                "Trains a network on runs of minigcm (native/minigcm/sweep.sh makes them) and writes"
                        + " its weights, metrics and model card. The settings' network.path can then"
                        + " name the directory.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--data", required = true, description = "Directory of the runs' netCDF files.")
    private Path data;

    @Option(names = "--out", required = true, description = "Directory for the network.")
    private Path out;

    @Option(
            names = "--quick",
            description = "A short training, to see that it works; not fit for use.")
    private boolean quick;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description =
                    "Same seed, threads and machine: same weights (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Computing threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(data)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--data: expected a directory of runs made by native/minigcm/sweep.sh, found no"
                            + " directory "
                            + data);
        }
        if (threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--threads: expected 1 or more, found " + threads);
        }
        TrainingOptions options =
                quick
                        ? TrainingOptions.quick(data, out, seed, threads)
                        : TrainingOptions.full(data, out, seed, threads);
        Training.run(options, spec.commandLine().getErr()::println);
        return 0;
    }
}
