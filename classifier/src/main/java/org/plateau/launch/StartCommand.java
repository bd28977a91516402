package org.plateau.launch;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau start}: the line before the model's own in a job script. */
@Command(
        name = "start",
        description = {
            "Makes the job's session and starts coupler and classifier in the background; the"
                    + " model's own line follows unchanged, then plateau finish.",
            "The session is the one that PLATEAU_SESSION names; slurm/env.sh sets it."
        },
        mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

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

    @Override
    public Integer call() {
        Map<String, String> environment = System.getenv();
        LaunchSettings loaded = LaunchSettings.load(settings, runDirectory);
        Path session = loaded.session().forJob(environment);
        ProcessHandle self = ProcessHandle.current();
        Launch launch =
                Launch.begin(
                        loaded,
                        session,
                        environment,
                        self.parent().orElse(self),
                        spec.commandLine().getErr());
        spec.commandLine()
                .getOut()
                .printf(
                        "plateau: watching session %s; results and logs in %s%n",
                        launch.session(), launch.files().directory());
        return 0;
    }
}
