package org.plateau.launch;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A part that is started again when it dies, a few times. Confined to its launch. */
final class Supervised {
    private static final int MOST_RESTARTS = 3;

    /** Exit code of wrong usage or settings: trying again would not help. */
    private static final int USAGE = 2;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Path session;
    private Part part;
    private int restarts;

    Supervised(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Path session) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.session = session;
    }

    void start() {
        part = Part.start(name, command, environment, log, session);
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

    private boolean alive() {
        return part != null && part.alive();
    }

    /** Reports a part that died and starts it again; says so once when it gives up. */
    void revive(PrintWriter messages) {
        if (alive() || restarts > MOST_RESTARTS) {
            return;
        }
        restarts = exitCode().orElse(0) == USAGE ? MOST_RESTARTS + 1 : restarts + 1;
        boolean again = restarts <= MOST_RESTARTS;
        messages.printf(
                "plateau: the %s ended%s: %s (%s); %s; the model goes on%n",
                name,
                exitCode().isPresent() ? " (exit " + exitCode().getAsInt() + ")" : "",
                RunFiles.lastLine(log),
                log,
                again ? "it is started again" : "it is not started again");
        messages.flush();
        if (again) {
            start();
        }
    }

    /**
     * Waits for the part's own end.
     *
     * @param unfinished whether something is left to do if it is not running
     * @return whether it ended by itself, and well as far as can be seen
     */
    boolean finish(Duration patience, Duration grace, boolean unfinished, PrintWriter messages) {
        if (!alive() && !endedWell() && unfinished) {
            revive(messages);
        }
        if (alive() && !part.await(patience)) {
            messages.printf(
                    "plateau: the %s was not done %d s after the model's end and is ended; see"
                            + " %s%n",
                    name, patience.toSeconds(), log);
            messages.flush();
            part.end(grace);
            return false;
        }
        if (exitCode().orElse(0) != 0) {
            messages.printf(
                    "plateau: the %s ended with exit %d: %s (%s)%n",
                    name, exitCode().getAsInt(), RunFiles.lastLine(log), log);
            messages.flush();
            return false;
        }
        return true;
    }

    private boolean endedWell() {
        return exitCode().isPresent() && exitCode().getAsInt() == 0;
    }

    void kill(Duration grace) {
        if (alive()) {
            part.end(grace);
        }
    }
}
