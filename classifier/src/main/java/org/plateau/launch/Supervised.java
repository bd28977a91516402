package org.plateau.launch;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** A part that is started again when it dies, a few times. Confined to its launch. */
final class Supervised {
    private static final int MOST_RESTARTS = 3;

    /** A part that lived as long as this has earned its restarts anew. */
    private static final Duration LIVED = Duration.ofHours(1);

    /** Exit code of wrong usage or settings: trying again would not help. */
    private static final int USAGE = 2;

    /** Shells and launchers add this to the number of the signal. */
    private static final int SIGNALLED = 128;

    private static final int LAST_SIGNAL = 64;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Path session;
    private final Heartbeat heartbeat;
    private Part part;
    private String trouble = "";
    private int restarts;
    private long startedAt;

    /**
     * @param beats the file that it replaces again and again while it is well
     */
    Supervised(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Path session,
            Path beats) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.session = session;
        this.heartbeat = new Heartbeat(beats, System::nanoTime);
    }

    void start() {
        heartbeat.begin();
        startedAt = System.nanoTime();
        part = null;
        part = Part.start(name, command, environment, log, session);
        trouble = "";
    }

    /** One that cannot be started has died once more: the model goes on all the same. */
    private void startAgain() {
        try {
            start();
        } catch (LaunchException e) {
            trouble = e.getMessage();
        }
    }

    /** Takes up the process that an earlier command started, if it lives. */
    void find() {
        part = Part.find(name, log, session).orElse(null);
    }

    Path log() {
        return log;
    }

    OptionalInt exitCode() {
        return part == null ? OptionalInt.empty() : part.exitCode();
    }

    /** Whether it has died too often to be started again. */
    boolean givenUp() {
        return restarts > MOST_RESTARTS;
    }

    boolean alive() {
        return part != null && part.alive();
    }

    /** Reports a part that died and starts it again; says so once when it gives up. */
    void revive(PrintWriter messages) {
        if (alive() || restarts > MOST_RESTARTS) {
            return;
        }
        if (System.nanoTime() - startedAt > LIVED.toNanos()) {
            restarts = 0;
        }
        restarts = exitCode().orElse(-1) == USAGE ? MOST_RESTARTS + 1 : restarts + 1;
        boolean again = restarts <= MOST_RESTARTS;
        messages.printf(
                "plateau: the %s %s; it is %s; the model goes on%n",
                name, ending(), again ? "started again" : "not started again");
        messages.flush();
        if (again) {
            startAgain();
        }
    }

    /** Ends a part that lives and has said nothing for so long. */
    void endIfSilent(Duration most, PrintWriter messages) {
        if (!alive() || heartbeat.silence().compareTo(most) < 0) {
            return;
        }
        messages.printf(
                "plateau: the %s has said nothing for %d s (session.silence) and is ended%n",
                name, most.toSeconds());
        messages.flush();
        heartbeat.begin();
        kill();
    }

    /**
     * Waits for the part's own end; one that dies before it is done is started again.
     *
     * @param unfinished whether something is left to do if it is not running; also how a part that
     *     an earlier command started has ended, whose exit code nobody knows
     * @param meanwhile done once a second
     * @return whether it ended by itself, and well as far as can be seen
     */
    boolean finish(
            Patience patience,
            Duration grace,
            BooleanSupplier unfinished,
            Runnable meanwhile,
            PrintWriter messages) {
        goOn(unfinished, messages);
        while (alive()) {
            if (part.await(LOOK)) {
                goOn(unfinished, messages);
            } else if (patience.over()) {
                endNow(patience, grace, messages);
                return false;
            }
            meanwhile.run();
        }
        if (!endedWell(unfinished)) {
            if (!givenUp()) {
                messages.printf("plateau: the %s %s%n", name, ending());
                messages.flush();
            }
            return false;
        }
        return !(givenUp() && unfinished.getAsBoolean());
    }

    private void goOn(BooleanSupplier unfinished, PrintWriter messages) {
        if (!alive() && !endedWell(unfinished) && unfinished.getAsBoolean()) {
            revive(messages);
        }
    }

    private void endNow(Patience patience, Duration grace, PrintWriter messages) {
        messages.printf(
                "plateau: the %s was not done %d s after the model's end and is ended; see %s%n",
                name, patience.seconds(), log);
        messages.flush();
        part.end(grace);
    }

    /** How it ended: by which signal, or with which exit code and last words. */
    private String ending() {
        OptionalInt code = exitCode();
        if (!trouble.isEmpty()) {
            return "could not be started (" + trouble + ")";
        }
        if (code.isEmpty()) {
            return "ended (" + log + ")";
        }
        int signal = code.getAsInt() - SIGNALLED;
        if (signal > 0 && signal <= LAST_SIGNAL) {
            return "was killed by signal " + signal + " (" + log + ")";
        }
        return "ended with exit "
                + code.getAsInt()
                + ": "
                + RunFiles.lastLine(log)
                + " ("
                + log
                + ")";
    }

    /** By its exit code; where nobody knows that, by what it was to do. */
    private boolean endedWell(BooleanSupplier unfinished) {
        OptionalInt code = exitCode();
        return code.isPresent() ? code.getAsInt() == 0 : !unfinished.getAsBoolean();
    }

    void kill() {
        if (alive()) {
            part.kill();
        }
    }
}
