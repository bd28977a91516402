package org.plateau.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.plateau.queue.WholeFile;

/**
 * One of the processes that watch, started here or found again by its pid file in the session. The
 * pid file holds pid and start time, so that a pid that was given to someone else is not taken for
 * it.
 */
final class Part {
    private final String name;
    private final ProcessHandle handle;
    private final Process process;
    private final Path log;
    private final Path session;

    private Part(String name, ProcessHandle handle, Process process, Path log, Path session) {
        this.name = name;
        this.handle = handle;
        this.process = process;
        this.log = log;
        this.session = session;
    }

    /**
     * Starts a part; its output is appended to its log.
     *
     * @throws LaunchException if there is no such program or no session; nothing runs then
     */
    static Part start(
            String name, List<String> command, Map<String, String> extra, Path log, Path session) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(extra);
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = null;
        try {
            process = builder.start();
            WholeFile.replace(pidFile(session, name), identity(process.toHandle()) + "\n");
            return new Part(name, process.toHandle(), process, log, session);
        } catch (IOException e) {
            if (process != null) {
                process.destroyForcibly(); // nobody would find it again
            }
            throw new LaunchException(name + ": cannot be started: " + e.getMessage(), e);
        }
    }

    /** The part of that name, if its pid file is there and the process lives. */
    static Optional<Part> find(String name, Path log, Path session) {
        try {
            String identity = Files.readString(pidFile(session, name)).strip();
            long pid = Long.parseLong(identity.split(" ")[0]);
            return ProcessHandle.of(pid)
                    .filter(handle -> identity(handle).equals(identity))
                    .map(handle -> new Part(name, handle, null, log, session));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Path pidFile(Path session, String name) {
        return session.resolve(name + ".pid");
    }

    /**
     * Pid and start time, in the kernel's ticks since the machine started: a time of day would be
     * another one once the clock has been set.
     */
    static String identity(ProcessHandle handle) {
        return handle.pid() + " " + startTicks(handle.pid());
    }

    /** Field 22 of /proc/PID/stat, counted after the name, which may hold blanks. */
    private static String startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
        } catch (IOException e) {
            return "0"; // gone already
        }
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    /**
     * Whether it lives. Of a part started here the process says so, not its handle, which knows of
     * the end a moment before the exit code is there.
     */
    boolean alive() {
        return process == null ? handle.isAlive() : process.isAlive();
    }

    /** The exit code of a part started by this process that has ended. */
    OptionalInt exitCode() {
        return process == null || process.isAlive()
                ? OptionalInt.empty()
                : OptionalInt.of(process.exitValue());
    }

    /** Waits for the end, after which the exit code is there; false if it did not come in time. */
    boolean await(Duration patience) {
        long most = Math.max(0, patience.toMillis());
        try {
            if (process != null) {
                return process.waitFor(most, TimeUnit.MILLISECONDS);
            }
            handle.onExit().get(most, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        }
    }

    /** Asks it to end, by a file in the session, and ends it if it does not within the grace. */
    void end(Duration grace) {
        boolean asked = Files.isDirectory(session);
        if (asked) {
            Launch.touch(session.resolve(name + ".terminate"));
        }
        if (!asked || !await(grace)) {
            kill();
        }
    }

    /** Ends it and what it started, as a power cut would. */
    void kill() {
        List<ProcessHandle> children = handle.descendants().toList();
        handle.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
