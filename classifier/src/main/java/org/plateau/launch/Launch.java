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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.plateau.bridge.BridgeException;
import org.plateau.bridge.Session;
import org.plateau.coupler.Directories;
import org.plateau.coupler.NodeSession;
import org.plateau.coupler.RingsLeft;
import org.plateau.queue.WholeFile;
import org.plateau.settings.SettingsException;

/**
 * A session with its coupler, its classifier and a watchdog, from their start to their end. A part
 * that dies is reported and started again, for nothing that was captured is lost by that; the model
 * is never touched. In a job of several nodes the coupler has a rank on each, which makes the
 * session there.
 */
public final class Launch {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final LaunchSettings settings;
    private final JobNodes nodes;
    private final Path session;
    private final Path queue;
    private final RunFiles files;
    private final PrintWriter messages;
    private final PartCommands commands;
    private final Supervised coupler;
    private final Supervised classifier;
    private final Patience patience = new Patience(Duration.ofDays(1));
    private boolean ended;

    private Launch(
            LaunchSettings settings,
            JobNodes nodes,
            Path session,
            String identity,
            Map<String, String> environment,
            PrintWriter out) {
        this.commands = new PartCommands(environment);
        this.queue = settings.queue(environment);
        this.settings = settings;
        this.nodes = nodes;
        this.session = session;
        this.files = new RunFiles(settings.runDirectory());
        this.messages = out;
        this.coupler = coupler(identity);
        this.classifier = classifier();
    }

    private Supervised coupler(String identity) {
        Map<String, String> extra = commands.couplerEnvironment(settings.runDirectory(), queue);
        List<String> command =
                nodes.single()
                        ? commands.coupler(settings.file(), session)
                        : commands.coupler(settings.file(), session, nodes, identity, extra);
        return supervised("coupler", command, extra);
    }

    private Supervised classifier() {
        Map<String, String> extra = commands.classifierEnvironment(settings.runDirectory(), queue);
        List<String> command =
                nodes.classifierIsHere()
                        ? commands.classifier(settings.file())
                        : commands.classifier(settings.file(), session, nodes.sink(), extra);
        return supervised("classifier", command, extra);
    }

    private Supervised supervised(String name, List<String> command, Map<String, String> extra) {
        return new Supervised(name, command, extra, files.log(name), session, files.status());
    }

    /**
     * Makes the session and starts the parts.
     *
     * @throws SettingsException if a part finds something wrong in the settings; nothing runs then
     * @throws SessionTakenException if another has it; what that one has written stays
     * @throws LaunchException if there can be no session
     */
    static Launch begin(
            LaunchSettings settings,
            JobNodes nodes,
            Path session,
            Map<String, String> environment,
            Beginner beginner,
            PrintWriter messages) {
        String identity = UUID.randomUUID().toString();
        Launch launch = new Launch(settings, nodes, session, identity, environment, messages);
        Optional<String> otherMpi = launch.commands.otherMpi(nodes);
        new SessionFolder(session).makeRoom().ifPresent(messages::println);
        Session made = launch.make();
        try (made) {
            otherMpi.ifPresent(messages::println);
            launch.files.prepare();
            launch.files.earlierOrder().ifPresent(messages::println);
            made.prepareRings(settings.hook().writers());
            NodeSession.mark(session, identity);
            beginner.made(session);
            launch.remember();
            launch.startParts(beginner);
        } catch (RuntimeException e) {
            launch.abandon();
            throw e;
        }
        return launch;
    }

    /** Of several who come at once one makes it. */
    private Session make() {
        try {
            return Session.create(session, settings.hook());
        } catch (BridgeException e) {
            if (Files.isDirectory(session)) {
                throw new SessionFolder(session).taken();
            }
            throw e;
        }
    }

    private void startParts(Beginner beginner) {
        Part.start(
                "watchdog",
                commands.watchdog(session, beginner.owner()),
                Map.of(),
                files.log("watchdog"),
                session);
        coupler.start();
        classifier.start();
        Settling settling = new Settling(coupler, classifier, beginner);
        settling.settle(settings.session().settle());
        if (!nodes.single()) {
            gather(settling);
        }
        look();
    }

    /** The model must find a session on every node when it starts. */
    private void gather(Settling settling) {
        Duration most = settings.session().gather();
        if (!settling.gather(most, () -> NodeSession.allHere(session), this::look)) {
            messages.printf(
                    "plateau: expected the coupler on %d nodes within %d s, it is not there yet"
                            + " (%s); the model starts, and what has no session on its node"
                            + " runs unwatched%n",
                    ranks(), most.toSeconds(), coupler.log());
            messages.flush();
        }
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
            JobNodes nodes = JSON.treeToValue(root.path("nodes"), JobNodes.class);
            String identity = Files.readString(session.resolve("launch"));
            Launch launch = new Launch(settings, nodes, session, identity, environment, messages);
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
        if (!ended && !ending()) {
            if (nodes.classifierIsHere()) {
                classifier.endIfSilent(settings.session().silence(), messages);
            }
            revive(coupler);
            revive(classifier);
        }
    }

    /** Asked in this order: who is gone because the end was announced has not died. */
    private void revive(Supervised part) {
        if (!part.alive() && !ending()) {
            part.revive(messages);
        }
    }

    /** Whether another command, or the watchdog, has announced the end, or it is over. */
    private boolean ending() {
        return Files.exists(session.resolve("finish")) || !Files.isDirectory(session);
    }

    /** From now on, or from {@link #end} on, each part may take no more than that. */
    void hurry(Duration most) {
        patience.shorten(most);
    }

    /**
     * Lets the parts finish what is left, then removes the session. Acts once.
     *
     * @param most how long each part may take before it is ended; {@link #hurry} shortens it
     */
    synchronized void end(Duration most) {
        if (ended) {
            return;
        }
        ended = true;
        patience.shorten(most);
        boolean endedWell = finishCoupler();
        Leftover left = leftover(endedWell);
        files.writeEnd(left);
        patience.begin();
        boolean used = classifier.finish(patience, GRACE, () -> !files.ended(), () -> {}, messages);
        left.tell(files.outcome(), coupler.log(), messages);
        if (!used && nodes.classifierIsHere()) {
            messages.println(whatWaits());
        }
        clear(endedWell);
        boolean drained = endedWell || files.handedOn() == ranks();
        if (drained && used && files.ended()) {
            Directories.remove(queue);
        }
    }

    private boolean finishCoupler() {
        if (!Files.isDirectory(session)) {
            messages.printf(
                    "plateau: expected the session %s, it is gone; what was in its rings is lost%n",
                    session);
            messages.flush();
            coupler.kill();
            return false;
        }
        touch(session.resolve("finish"));
        patience.begin();
        return coupler.finish(
                patience,
                GRACE,
                () -> files.couplerAccounts().size() < ranks(),
                () -> classifier.revive(messages),
                messages);
    }

    /** Of the coupler: one a node. */
    private int ranks() {
        return nodes.relays().size() + 1;
    }

    /** Without a coupler nobody has asked the rings of the other nodes for a long time. */
    private Leftover leftover(boolean endedWell) {
        boolean gone = !endedWell && coupler.givenUp();
        List<String> unasked = gone ? nodes.away() : List.of();
        Programs.all(
                unasked.stream().map(node -> commands.ringsLeft(node, settings, session)).toList());
        return Leftover.of(gone, RingsLeft.in(session), files.writtenElsewhere());
    }

    private String whatWaits() {
        return ("plateau: the classifier has not used everything; the rest waits in %s, and"
                        + " plateau classify --settings %s --queue %1$s goes on with it")
                .formatted(queue, settings.file());
    }

    private void abandon() {
        killParts();
        clear(false);
    }

    /** Ends the parts at once, with or without a session. */
    synchronized void killParts() {
        ended = true;
        coupler.kill();
        classifier.kill();
    }

    /** A coupler that ended well has removed the sessions that its ranks made. */
    private void clear(boolean drained) {
        List<String> left = drained ? List.of() : nodes.away();
        Programs.all(left.stream().map(node -> commands.sweep(node, session, queue)).toList());
        Part.find("watchdog", files.log("watchdog"), session).ifPresent(Part::kill);
        RunFiles.deleteIfEmpty(files.log("watchdog"));
        Directories.remove(session);
    }

    private void remember() {
        ObjectNode root = JSON.createObjectNode();
        root.put("settings", settings.file().toString());
        root.put("runDirectory", settings.runDirectory().toString());
        root.set("nodes", JSON.valueToTree(nodes));
        try {
            WholeFile.replace(session.resolve("launch.json"), JSON.writeValueAsString(root));
        } catch (IOException e) {
            throw new UncheckedIOException("session " + session + ": cannot be written", e);
        }
    }

    static void touch(Path file) {
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
