package org.plateau.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plateau run}: a model with everything that watches it. */
@Command(
        name = "run",
        description = {
            "Runs a model and watches it: makes a session, starts coupler and classifier, runs the"
                    + " command, and prints the levels and the account when it has ended.",
            "The exit code is the command's. Put plateau-hook before the program that writes"
                    + " netCDF:",
            "  plateau run --settings plateau.yaml -- mpirun -np 64 plateau-hook ./gcm.exe"
        },
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    /** Between SIGTERM and SIGKILL a batch system leaves 30 s: the model's share and ours. */
    private static final Duration MODEL_GRACE = Duration.ofSeconds(12);

    private static final Duration HURRIED = Duration.ofSeconds(6);
    private static final int NO_SUCH_COMMAND = 127;
    private static final int FAILED = 3;

    @Spec private CommandSpec spec;

    @Mixin private LaunchOptions options;

    @Option(
            names = "--session",
            paramLabel = "DIR",
            description = "The session's directory; wins over session.directory.")
    private Path session;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The model's command line.")
    private List<String> command;

    private LaunchSettings loaded;
    private Launch launch;
    private volatile Process model;
    private volatile boolean signalled;
    private boolean reported;

    @Override
    public Integer call() {
        PrintWriter messages = spec.commandLine().getErr();
        Map<String, String> environment = System.getenv();
        ProcessHandle self = ProcessHandle.current();
        loaded = options.load();
        Path directory =
                session == null
                        ? loaded.session().forCommand(environment, self.pid())
                        : session.toAbsolutePath();
        launch =
                Launch.begin(
                        loaded, options.nodes(environment), directory, environment, self, messages);
        Thread onSignal = new Thread(this::interrupted, "signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        int code = runModel(messages);
        launch.end(signalled ? HURRIED : loaded.session().finish());
        report(code);
        return code;
    }

    private int runModel(PrintWriter messages) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.put(SessionSettings.VARIABLE, launch.session().toString());
        Path programs = new PartCommands(environment).programs();
        environment.merge("PATH", programs.toString(), (path, ours) -> path + ":" + ours);
        try {
            model = builder.start();
            while (!model.waitFor(1, TimeUnit.SECONDS)) {
                launch.look();
            }
            return model.exitValue();
        } catch (IOException e) {
            messages.println("plateau run: expected a command to run: " + e.getMessage());
            return NO_SUCH_COMMAND;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** SIGTERM, SIGINT or SIGHUP came: hand it to the model, then end what watches, in time. */
    private void interrupted() {
        Process running = model;
        if (running == null || !running.isAlive()) {
            launch.end(HURRIED);
            return;
        }
        signalled = true;
        running.destroy();
        try {
            if (!running.waitFor(MODEL_GRACE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        launch.end(HURRIED);
        report(running.exitValue());
        Runtime.getRuntime().halt(running.exitValue());
    }

    private synchronized void report(int code) {
        if (reported) {
            return;
        }
        reported = true;
        PrintWriter out = spec.commandLine().getOut();
        Ending ending = new Ending(code, signalled);
        new Report(launch.files().outcome(), loaded.run(), ending).print(out);
        out.println("results: " + launch.files().directory());
        out.flush();
    }
}
