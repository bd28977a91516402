package org.plateau.coupler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            run(CouplerSettings.load(settings), session);
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

    private static void say(String line) {
        System.err.println("plateau coupler: " + line);
    }

    private static String option(String[] arguments, String name) {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals(name)) {
                return arguments[i + 1];
            }
        }
        throw new SettingsException(
                "expected --settings FILE --session DIRECTORY, found '"
                        + String.join(" ", arguments)
                        + "'");
    }

    private static void run(CouplerSettings settings, Path session) {
        Ranks ranks = Ranks.start();
        CountDownLatch over = new CountDownLatch(1);
        try (NodeParts parts = NodeParts.open(settings, waitFor(session), ranks.isSink())) {
            writePid(session);
            onSigterm(parts, over);
            if (ranks.size() == 1) {
                parts.loop().run();
                parts.keepAccount(parts.account());
            } else {
                link(settings, ranks, parts);
            }
        } finally {
            over.countDown();
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
                pause.after(connection.step());
            }
            join(drain);
            if (parts.loop().terminating() && ranks.isSink()) {
                parts.keepAccount(parts.account());
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

    /** A node may join late: its session is made when its model starts. */
    private static Path waitFor(Path session) {
        boolean said = false;
        while (!Files.exists(session.resolve("control"))) {
            if (!said) {
                say("waits for the session " + session);
                said = true;
            }
            Pause.of(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return session;
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
