package org.plateau.coupler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Session;
import org.plateau.queue.QueueSettings;
import org.plateau.settings.SettingsFile;

/**
 * The session of the node that a rank is on. On the node where {@code plateau start} runs it is
 * there already; on the other nodes of the job the rank makes it, and removes it when the run has
 * ended. A session of that name that another launch left behind, such as a killed attempt of the
 * same job, is replaced: its rings have no writers any more.
 *
 * <p>Files in it: {@code launch} holds the identity of the launch it belongs to, {@code of-rank}
 * says that a rank made it, {@code all-here} that the ranks of all nodes have greeted the sink,
 * {@code queue} the node's queue, for who gives memory back after everybody was killed.
 */
public final class NodeSession {
    private static final String LAUNCH = "launch";
    private static final String OF_RANK = "of-rank";
    private static final String ALL_HERE = "all-here";
    private static final String QUEUE = "queue";

    private final Path directory;
    private final Path settings;
    private final String launch;
    private final boolean ringsAtSink;

    private NodeSession(Path directory, Path settings, String launch, boolean ringsAtSink) {
        this.directory = directory;
        this.settings = settings;
        this.launch = launch;
        this.ringsAtSink = ringsAtSink;
    }

    /** What the command line says: {@code --launch ID} makes one where there is none. */
    static NodeSession of(Path directory, Path settings, String[] arguments) {
        return new NodeSession(
                directory,
                settings,
                Coupler.optional(arguments, "--launch").orElse(""),
                !Coupler.optional(arguments, "--sink-rings").orElse("yes").equals("no"));
    }

    /** Notes to which launch a session that was just made belongs. */
    public static void mark(Path directory, String launch) {
        write(directory.resolve(LAUNCH), launch);
    }

    /** Whether the coupler runs on every node of the job, as far as this session knows. */
    public static boolean allHere(Path directory) {
        return Files.exists(directory.resolve(ALL_HERE));
    }

    static void noteAllHere(Path directory) {
        write(directory.resolve(ALL_HERE), "");
    }

    /** Notes where this node's queue is, for the watchdog and the site's Epilog. */
    void noteQueue(QueueSettings queue) {
        write(directory.resolve(QUEUE), queue.directory().toAbsolutePath() + "\n");
    }

    /** The session's directory, once it can be opened. */
    Path ready(boolean sink) {
        if (launch.isEmpty()) {
            await();
        } else if (!isOfThisLaunch()) {
            make(sink);
        }
        return directory;
    }

    /** A node may join late: its session is made when its model starts. */
    private void await() {
        boolean said = false;
        while (!Files.exists(directory.resolve("control"))) {
            if (!said) {
                Coupler.say("waits for the session " + directory);
                said = true;
            }
            Pause.of(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private boolean isOfThisLaunch() {
        try {
            return Files.readString(directory.resolve(LAUNCH)).equals(launch);
        } catch (IOException e) {
            return false;
        }
    }

    private void make(boolean sink) {
        Directories.remove(directory);
        HookSettings hook = HookSettings.read(SettingsFile.load(settings).section("hook"));
        try (Session session = Session.create(directory, hook)) {
            session.prepareRings(sink && !ringsAtSink ? 0 : hook.writers());
        }
        write(directory.resolve(OF_RANK), "");
        mark(directory, launch);
    }

    /** Removes what this rank made: everything that was in it is with the sink. */
    void leave(QueueSettings queue, boolean sink) {
        if (!Files.exists(directory.resolve(OF_RANK))) {
            return;
        }
        if (!sink) {
            Directories.remove(queue.directory());
        }
        Directories.remove(directory);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }
}
