package org.plateau.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.plateau.bridge.Session;
import org.plateau.settings.SettingsException;

/**
 * A session with its coupler, its classifier and a watchdog, from their start to their end. A part
 * that dies is reported and started again, for nothing that was captured is lost by that; the model
 * is never touched.
 */
public final class Launch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final LaunchSettings settings;
    private final Path session;
    private final Path queue;
    private final RunFiles files;
    private final PrintWriter messages;
    private final Supervised coupler;
    private final Supervised classifier;
    private boolean ended;

    private Launch(
            LaunchSettings settings,
            Path session,
            Map<String, String> environment,
            PrintWriter out) {
        PartCommands commands = new PartCommands(environment);
        this.queue = settings.queue(environment);
        this.settings = settings;
        this.session = session;
        this.files = new RunFiles(settings.runDirectory());
        this.messages = out;
        this.coupler =
                new Supervised(
                        "coupler",
                        commands.coupler(settings.file(), session),
                        commands.couplerEnvironment(settings.runDirectory(), queue),
                        files.log("coupler"),
                        session);
        this.classifier =
                new Supervised(
                        "classifier",
                        commands.classifier(settings.file()),
                        commands.classifierEnvironment(settings.runDirectory(), queue),
                        files.log("classifier"),
                        session);
    }

    /**
     * Makes the session and starts the parts.
     *
     * @param owner when this process is gone without {@link #end}, the watchdog ends the parts
     * @throws SettingsException if a part finds something wrong in the settings; nothing runs then
     * @throws LaunchException if there can be no session
     */
    static Launch begin(
            LaunchSettings settings,
            Path session,
            Map<String, String> environment,
            ProcessHandle owner,
            PrintWriter messages) {
        PartCommands commands = new PartCommands(environment);
        Launch launch = new Launch(settings, session, environment, messages);
        launch.files.prepare();
        launch.files.earlierStop().ifPresent(messages::println);
        try (Session made = Session.create(session, settings.hook())) {
            made.prepareRings(settings.hook().writers());
        }
        try {
            launch.remember();
            launch.coupler.start();
            launch.classifier.start();
            Part.start(
                    "watchdog",
                    commands.watchdog(session, owner),
                    Map.of(),
                    launch.files.log("watchdog"),
                    session);
            launch.settle(settings.session().settle());
        } catch (RuntimeException e) {
            launch.abandon();
            throw e;
        }
        return launch;
    }

    /**
     * The launch that another process began.
     *
     * @throws LaunchException if there is none in that session
     */
    static Launch find(Path session, Map<String, String> environment, PrintWriter messages) {
        try {
            JsonNode root = JSON.readTree(session.resolve("launch.json").toFile());
            LaunchSettings settings =
                    LaunchSettings.load(
                            Path.of(root.path("settings").asText()),
                            Path.of(root.path("runDirectory").asText()));
            Launch launch = new Launch(settings, session, environment, messages);
            launch.coupler.find();
            launch.classifier.find();
            return launch;
        } catch (IOException e) {
            throw new LaunchException(
                    session + ": expected a session that plateau start made, found none", e);
        }
    }

    public Path session() {
        return session;
    }

    LaunchSettings settings() {
        return settings;
    }

    RunFiles files() {
        return files;
    }

    /** Looks at the parts once; one that died is reported and started again. */
    synchronized void look() {
        if (!ended) {
            coupler.revive(messages);
            classifier.revive(messages);
        }
    }

    /**
     * Lets the parts finish what is left, then removes the session. Acts once.
     *
     * @param patience how long each part may take before it is ended
     */
    synchronized void end(Duration patience) {
        if (ended) {
            return;
        }
        ended = true;
        touch(session.resolve("finish"));
        boolean drained =
                coupler.finish(patience, GRACE, files.couplerAccounts().isEmpty(), messages);
        files.writeEnd();
        boolean used = classifier.finish(patience, GRACE, true, messages);
        clear();
        if (drained && used && files.ended()) {
            RunFiles.removeTree(queue);
        }
    }

    private void settle(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            refuseWrongSettings(coupler);
            refuseWrongSettings(classifier);
            pause(Duration.ofMillis(50));
        }
        look();
    }

    private static void refuseWrongSettings(Supervised part) {
        OptionalInt code = part.exitCode();
        if (code.isPresent() && code.getAsInt() == 2) {
            throw new SettingsException(RunFiles.lastLine(part.log()));
        }
    }

    private void abandon() {
        ended = true;
        coupler.kill(GRACE);
        classifier.kill(GRACE);
        clear();
    }

    private void clear() {
        Part.find("watchdog", files.log("watchdog"), session).ifPresent(dog -> dog.end(GRACE));
        RunFiles.deleteIfEmpty(files.log("watchdog"));
        RunFiles.removeTree(session);
    }

    private void remember() {
        ObjectNode root = JSON.createObjectNode();
        root.put("settings", settings.file().toString());
        root.put("runDirectory", settings.runDirectory().toString());
        try {
            JSON.writeValue(session.resolve("launch.json").toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException("session " + session + ": cannot be written", e);
        }
    }

    private static void touch(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
