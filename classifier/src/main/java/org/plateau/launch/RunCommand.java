package org.plateau.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
public final class RunCommand implements Callable<Integer>, Beginner {
    /** Between SIGTERM and SIGKILL a batch system leaves 30 s: the model's share and ours. */
    private static final Duration MODEL_GRACE = Duration.ofSeconds(12);

    private static final Duration HURRIED = Duration.ofSeconds(6);
    private static final int NO_SUCH_COMMAND = 127;
    private static final int FAILED = 3;

    /** What shells say of a command that SIGTERM ended. */
    private static final int TERMINATED = 143;

    @Spec private CommandSpec spec;

    @Mixin private LaunchOptions options;

    @Option(
            names = "--session",
            paramLabel = "DIR",
            description = "The session's directory; wins over session.directory.")
    private Path session;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The model's command line.")
    private List<String> command;

    private final CountDownLatch over = new CountDownLatch(1);
    private LaunchSettings loaded;
    private volatile Launch launch;
    private volatile OptionalInt exit = OptionalInt.empty();
    private Process model;
    private boolean signalled;
    private boolean cut;

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
        JobNodes nodes = options.nodes(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "signal"));
        try {
            launch = begin(nodes, directory, environment, messages);
            int code = runModel(messages);
            launch.end(over() ? HURRIED : loaded.session().finish());
            report(code);
            exit = OptionalInt.of(code);
            return code;
        } finally {
            over.countDown();
        }
    }

    private Launch begin(
            JobNodes nodes, Path directory, Map<String, String> environment, PrintWriter messages) {
        try {
            return Launch.begin(loaded, nodes, directory, environment, this, messages);
        } catch (SessionTakenException e) {
            Optional<Path> other = loaded.session().another(environment, owner());
            if (session != null || other.isEmpty()) {
                throw e;
            }
            return Launch.begin(loaded, nodes, other.get(), environment, this, messages);
        }
    }

    @Override
    public long owner() {
        return ProcessHandle.current().pid();
    }

    @Override
    public void made(Path directory) {
        // nobody else gives orders to this launch
    }

    /** Whether a signal came. */
    @Override
    public synchronized boolean over() {
        return signalled;
    }

    /** The model, unless a signal came before; then none, which is told as one that it ended. */
    private synchronized Optional<Process> start(ProcessBuilder builder) throws IOException {
        cut |= signalled;
        if (signalled) {
            return Optional.empty();
        }
        model = builder.start();
        return Optional.of(model);
    }

    /** The model if it runs, which is ended now. */
    private synchronized Optional<Process> signalled() {
        signalled = true;
        cut |= model != null && model.isAlive();
        return Optional.ofNullable(model);
    }

    private int runModel(PrintWriter messages) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.put(SessionSettings.VARIABLE, launch.session().toString());
        Path programs = new PartCommands(environment).programs();
        environment.merge("PATH", programs.toString(), (path, ours) -> path + ":" + ours);
        try {
            Optional<Process> started = start(builder);
            if (started.isEmpty()) {
                return TERMINATED;
            }
            while (!started.get().waitFor(1, TimeUnit.SECONDS)) {
                launch.look();
            }
            return started.get().exitValue();
        } catch (IOException e) {
            messages.println("plateau run: " + Ending.notStarted(command.get(0), e));
            return NO_SUCH_COMMAND;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /**
     * SIGTERM, SIGINT or SIGHUP came, or all is over: hands it to the model, and waits until the
     * thread that has begun all this has ended it, in time. A model that has not started will not.
     */
    private void interrupted() {
        if (over.getCount() == 0) {
            return;
        }
        try {
            Optional<Process> running = signalled();
            if (running.isPresent()) {
                running.get().destroy();
                if (!running.get().waitFor(MODEL_GRACE.toSeconds(), TimeUnit.SECONDS)) {
                    running.get().destroyForcibly().waitFor();
                }
            }
            Launch begun = launch;
            if (begun != null) {
                begun.hurry(HURRIED);
            }
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exit.ifPresent(Runtime.getRuntime()::halt);
    }

    private void report(int code) {
        PrintWriter out = spec.commandLine().getOut();
        Ending ending = new Ending(code, cutShort());
        new Report(launch.files().outcome(), loaded.run(), ending).print(out);
        out.println("results: " + launch.files().directory());
        out.flush();
    }

    /** Whether a signal ended the model, or kept it from starting. */
    private synchronized boolean cutShort() {
        return cut;
    }
}
