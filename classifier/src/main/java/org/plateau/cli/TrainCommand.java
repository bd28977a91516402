package org.plateau.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.plateau.training.Training;
import org.plateau.training.TrainingOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plateau train}: a network from nothing, or from runs of minigcm that are there. */
@Command(
        name = "train",
        description = {
            "Makes a network: runs minigcm over many planets (native/minigcm/sweep.sh), labels"
                    + " every map by the computed scores, shares the runs out, trains, calibrates"
                    + " and writes weights, metrics and model card. The settings' network.path can"
                    + " then name the directory.",
            "  plateau train --out mynetwork",
            "  plateau train --out mynetwork --look run.nc --look-settings plateau.yaml"
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--data",
            description =
                    "Directory of the runs' netCDF files. Without it they are made in OUT/runs"
                            + " first; those already there are kept.")
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

    @ArgGroup(exclusive = false)
    private Look look;

    @Override
    public Integer call() throws Exception {
        if (data != null && !Files.isDirectory(data)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--data: expected a directory of runs made by native/minigcm/sweep.sh, found no"
                            + " directory "
                            + data
                            + "; leave the option out to have them made");
        }
        if (threads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--threads: expected 1 or more, found " + threads);
        }
        if (look != null) {
            look.check(spec.commandLine());
        }
        Path runs = data == null ? out.resolve("runs") : data;
        if (data == null) {
            Sweep.into(runs, quick, System.getenv("PLATEAU_HOME"));
        }
        TrainingOptions options =
                quick
                        ? TrainingOptions.quick(runs, out, seed, threads)
                        : TrainingOptions.full(runs, out, seed, threads);
        Training.run(options, spec.commandLine().getErr()::println);
        if (look != null) {
            look.into(out, spec.commandLine().getErr());
        }
        return 0;
    }
}
