package org.plateau.launch;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau supervise}: what {@code plateau start} leaves running. Not for people. */
@Command(
        name = "supervise",
        hidden = true,
        description = "Starts the parts of a session and starts again what dies, until the end.")
public final class SuperviseCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private LaunchOptions options;

    @Option(names = "--session", required = true, description = "The session's directory.")
    private Path session;

    @Option(names = "--owner", required = true, description = "The job script's process.")
    private long owner;

    @Override
    public Integer call() {
        Map<String, String> environment = System.getenv();
        Supervisor.watch(
                Launch.begin(
                        options.load(),
                        options.nodes(environment),
                        session,
                        environment,
                        Supervisor.beginner(owner, session),
                        spec.commandLine().getErr()));
        return 0;
    }
}
