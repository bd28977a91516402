package org.plateau.coupler;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plateau.bridge.Session;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;

/** What a node consists of: its session, its queue, its account and the loop over them. */
final class NodeParts implements Node, AutoCloseable {
    private final CouplerSettings settings;
    private final Session session;
    private final RecordQueue queue;
    private final Account account;
    private final NodeStatusFile status;
    private final NodeLoop loop;
    private boolean allHere;

    private NodeParts(CouplerSettings settings, Path session, RecordQueue queue) {
        this.settings = settings;
        this.session = Session.open(session);
        this.queue = queue;
        queue.prepare();
        account = Account.open(session, queue);
        Drain drain = new Drain(this.session::newRings, queue, account);
        status =
                new NodeStatusFile(
                        settings.run().directory(),
                        host(),
                        settings.queue().maxBytes(),
                        queue::bytesUsed);
        status.start();
        loop =
                new NodeLoop(
                        this.session,
                        drain,
                        account,
                        settings.run().stopFile(),
                        settings.lookEvery(),
                        status);
    }

    static NodeParts open(CouplerSettings settings, Path session, boolean sink) {
        QueueSettings where = settings.queue();
        RecordQueue queue = RecordQueue.open(sink ? where.inbox() : where.node(), where);
        queue.keepFor(sink ? RecordQueue.CLASSIFIER : RecordQueue.RELAY);
        return new NodeParts(settings, session, queue);
    }

    NodeLoop loop() {
        return loop;
    }

    RecordQueue queue() {
        return queue;
    }

    @Override
    public boolean stopRequested() {
        return loop.stopRequested();
    }

    @Override
    public void requestStop(boolean stop) {
        loop.requestStop(stop);
    }

    @Override
    public boolean finishing() {
        return loop.finishing();
    }

    @Override
    public void finish() {
        loop.finish();
    }

    @Override
    public void allHere() {
        if (!allHere) {
            allHere = true;
            NodeSession.noteAllHere(session.directory());
        }
    }

    @Override
    public boolean drained() {
        return loop.done();
    }

    @Override
    public String account() {
        return account.report(host(), session.directory()).toString();
    }

    @Override
    public void keepAccount(String text) {
        JsonNode report = JsonFiles.parse(text);
        Path file = settings.run().directory().resolve("coupler-" + Node.hostOf(report) + ".json");
        JsonFiles.replace(file, report);
    }

    /** The name of this node, as its kernel has it: right in a container and a namespace, too. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    @Override
    public void close() {
        status.close();
        account.close();
        queue.close();
        session.close();
    }
}
