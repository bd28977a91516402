package org.plateau.coupler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.plateau.bridge.BridgeException;
import org.plateau.coupler.mpi.Ranks;
import org.plateau.message.RecordException;
import org.plateau.queue.QueueException;
import org.plateau.settings.SettingsException;

/**
 * The coupler's program: {@code mpirun -np N java ... org.plateau.coupler.Coupler --settings FILE
 * --session DIRECTORY}, one rank per node; rank 0 is the sink, on the node of the classifier.
 *
 * <p>With {@code --launch ID} a rank makes the session of its node if {@code plateau start} did
 * not, see {@link NodeSession}; {@code --sink-rings no} says that no model writes on the sink's
 * node. With {@code --left-to DIRECTORY} it says there what no coupler has taken from the session's
 * rings, {@code left-<host>.json}, and ends.
 *
 * <p>It runs until {@code <session>/finish} is there and every writer has gone, or until SIGTERM;
 * then it leaves {@code <run.directory>/coupler-<host>.json} for every node and exits with 0. Exit
 * code 2: something is wrong with the settings; 3: it cannot go on. It may be killed and started
 * again at any time.
 */
public final class Coupler {
    private static final long PATIENCE_AT_SIGTERM = 900;

    private Coupler() {}

    public static void main(String[] arguments) {
        int code = 3;
        try {
            Path settings = Path.of(option(arguments, "--settings"));
            Path session = Path.of(option(arguments, "--session")).toAbsolutePath();
            Optional<String> leftTo = optional(arguments, "--left-to");
            if (leftTo.isPresent()) {
                RingsLeft.tell(session, Path.of(leftTo.get()), NodeParts.host());
            } else {
                run(CouplerSettings.load(settings), NodeSession.of(session, settings, arguments));
            }
            code = 0;
        } catch (SettingsException e) {
            say(e.getMessage());
            code = 2;
        } catch (BridgeException | QueueException | RecordException e) {
            say(e.getMessage());
        } catch (RuntimeException e) {
            say(e.toString());
            e.printStackTrace();
        }
        // Not System.exit: no thread is waited for, and Open MPI sees the code at once.
        Runtime.getRuntime().halt(code);
    }

    static void say(String line) {
        System.err.println("plateau coupler: " + line);
    }

    private static String option(String[] arguments, String name) {
        return optional(arguments, name)
                .orElseThrow(
                        () ->
                                new SettingsException(
                                        "expected --settings FILE --session DIRECTORY, found '"
                                                + String.join(" ", arguments)
                                                + "'"));
    }

    /** The word after that name; names and words alternate. */
    static Optional<String> optional(String[] arguments, String name) {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals(name)) {
                return Optional.of(arguments[i + 1]);
            }
        }
        return Optional.empty();
    }

    private static void run(CouplerSettings settings, NodeSession session) {
        Ranks ranks = Ranks.start();
        CountDownLatch over = new CountDownLatch(1);
        boolean ended = false;
        Path directory = session.ready(ranks.isSink());
        try (NodeParts parts =
                NodeParts.open(
                        settings, directory, ranks.isSink(), ranks.isSink() && ranks.size() > 1)) {
            writePid(directory);
            session.noteQueue(settings.queue());
            onSigterm(parts, over);
            if (ranks.size() == 1) {
                parts.allHere();
                parts.loop().run();
                parts.keepAccount(parts.account());
            } else {
                link(settings, ranks, parts);
            }
            ended = !parts.loop().terminating();
        } finally {
            over.countDown();
        }
        if (ended) {
            session.leave(settings.queue(), ranks.isSink());
        }
        ranks.end();
    }

    private static void link(CouplerSettings settings, Ranks ranks, NodeParts parts) {
        Thread drain = new Thread(parts.loop(), "drain");
        drain.setUncaughtExceptionHandler(Coupler::die);
        drain.start();
        try (Ranks.Connection connection = ranks.connect(parts.queue(), parts, settings.window())) {
            Pause pause = new Pause();
            while (!connection.done() && !parts.loop().terminating()) {
                pause.after(connection.step(), connection.busy());
            }
            join(drain);
            if (parts.loop().terminating() && ranks.isSink()) {
                parts.keepAccount(parts.account());
                parts.giveUpLostNodes();
            }
        }
    }

    /** For people and for tests; whether a rank lives is told by the lock of its queue. */
    private static void writePid(Path session) {
        try {
            Files.writeString(session.resolve("rank.pid"), ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(session + ": cannot be written", e);
        }
    }

    /** Without its drain a rank is of no use; the launcher starts the step again. */
    private static void die(Thread thread, Throwable cause) {
        say(thread.getName() + ": " + cause.getMessage());
        Runtime.getRuntime().halt(3);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void onSigterm(NodeParts parts, CountDownLatch over) {
        Thread hook =
                new Thread(
                        () -> {
                            parts.loop().terminate();
                            try {
                                if (over.await(PATIENCE_AT_SIGTERM, TimeUnit.MILLISECONDS)) {
                                    Runtime.getRuntime().halt(0);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "sigterm");
        Runtime.getRuntime().addShutdownHook(hook);
    }
}
