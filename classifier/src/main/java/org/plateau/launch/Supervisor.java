package org.plateau.launch;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plateau.queue.WholeFile;

/**
 * The process between {@code plateau start} and {@code plateau finish}: it is the parent of the
 * parts, sees how they end, and starts again what died.
 *
 * <p>Files in the session: {@code watching} once the model may start, {@code end} with the seconds
 * that each part may take. What it says goes to {@code supervisor.log} in the run directory.
 */
final class Supervisor {
    private static final String NAME = "supervisor";
    private static final String WATCHING = "watching";
    private static final String END = "end";
    private static final String REPEATED = "repeated";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration ORDER = Duration.ofMillis(100);

    /** What ending and sweeping may take beside the parts' own patience. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private Supervisor() {}

    /**
     * Starts one and waits until the model may start.
     *
     * @param options of {@code plateau supervise}
     * @return 0, or the exit code with which it gave up; its log says why
     */
    static int start(
            List<String> options, Path session, RunFiles files, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(new PartCommands(environment).supervisor(options));
        builder.environment().put(PartCommands.SHIELDED, "yes");
        builder.redirectInput(new java.io.File("/dev/null"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files.log(NAME).toFile()));
        try {
            Process process = builder.start();
            String itself = Part.identity(process.toHandle());
            while (process.isAlive()) {
                if (said(session.resolve(WATCHING)).filter(itself::equals).isPresent()) {
                    return 0;
                }
                Launch.pause(ORDER);
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new LaunchException(NAME + ": cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * A supervisor that begins. It can be found from the moment on in which its launch can, so that
     * a {@code finish} that comes before the model has started is its order, too.
     *
     * @param owner the job script's process
     */
    static Beginner beginner(long owner, Path directory) {
        return new Beginner() {
            @Override
            public long owner() {
                return owner;
            }

            @Override
            public void made(Path session) {
                write(session.resolve(NAME + ".pid"), itself() + "\n");
            }

            @Override
            public boolean over() {
                return ordered(directory).isPresent();
            }
        };
    }

    private static String itself() {
        return Part.identity(ProcessHandle.current());
    }

    /** How long each part may take, if the end has been ordered. */
    private static Optional<Duration> ordered(Path session) {
        return said(session.resolve(END))
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** The supervisor's life: until {@code finish} orders the end, or the session has gone. */
    static void watch(Launch launch) {
        Path session = launch.session();
        write(session.resolve(WATCHING), itself());
        long nextLook = System.nanoTime();
        while (Files.isDirectory(session)) {
            Optional<Duration> order = ordered(session);
            if (order.isPresent()) {
                hearOfHaste(launch);
                launch.end(order.get());
                return;
            }
            if (System.nanoTime() - nextLook >= 0) {
                nextLook = System.nanoTime() + LOOK.toNanos();
                launch.look();
            }
            Launch.pause(ORDER);
        }
        launch.killParts();
    }

    /** A later order, as after a time limit's SIGTERM to the first one, may leave less time. */
    private static void hearOfHaste(Launch launch) {
        Thread orders =
                new Thread(
                        () -> {
                            while (Files.isDirectory(launch.session())) {
                                ordered(launch.session()).ifPresent(launch::hurry);
                                Launch.pause(ORDER);
                            }
                        },
                        "orders");
        orders.setDaemon(true);
        orders.start();
    }

    /**
     * Orders the end and waits for it.
     *
     * @return false if there is no supervisor, or it does not come to an end
     */
    static boolean end(Path session, Duration patience, RunFiles files) {
        Optional<Part> supervisor = Part.find(NAME, files.log(NAME), session);
        if (supervisor.isEmpty()) {
            return false;
        }
        write(session.resolve(END), Long.toString(patience.toSeconds()));
        if (supervisor.get().await(patience.multipliedBy(2).plus(MARGIN))) {
            return true;
        }
        supervisor.get().kill();
        return false;
    }

    /** How long its log is. */
    static long logged(RunFiles files) {
        return files.log(NAME).toFile().length();
    }

    /**
     * Says again what it has said since its log was that long, and notes how far that went, while
     * there is a session to note it in.
     */
    static void repeat(RunFiles files, long from, Path session, PrintWriter messages) {
        try {
            byte[] log = Files.readAllBytes(files.log(NAME));
            int start = (int) Math.min(from, log.length);
            messages.print(new String(log, start, log.length - start, StandardCharsets.UTF_8));
            messages.flush();
            if (Files.isDirectory(session)) {
                write(session.resolve(REPEATED), Long.toString(log.length));
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(files.log(NAME) + ": cannot be read", e);
        }
    }

    /** Up to where {@code plateau start} has repeated its log. */
    static long repeated(Path session) {
        return said(session.resolve(REPEATED)).map(text -> Long.parseLong(text.strip())).orElse(0L);
    }

    private static Optional<String> said(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) {
        try {
            WholeFile.replace(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }
}
