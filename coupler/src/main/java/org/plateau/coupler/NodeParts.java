package org.plateau.coupler;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plateau.bridge.Session;
import org.plateau.message.RecordView;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;

/** What a node consists of: its session, its queue, its account and the loop over them. */
final class NodeParts implements Node, AutoCloseable {
    private static final long EVERY_SECOND = 1_000_000_000;
    private static final long ROOM_EVERY = EVERY_SECOND / 4;

    private final CouplerSettings settings;
    private final Session session;
    private final RecordQueue queue;
    private final Account account;
    private final NodeStatusFile status;
    private final NodeLoop loop;
    private final LostNodes lost;
    private final Optional<Account> relayed;
    private boolean allHere;
    private long lastSegment = -1;
    private long nextRoom = System.nanoTime();
    private long nextWord = System.nanoTime();

    private NodeParts(
            CouplerSettings settings,
            Path session,
            RecordQueue queue,
            boolean sink,
            boolean relays) {
        this.settings = settings;
        this.session = Session.open(session);
        this.queue = queue;
        queue.prepare();
        account = Account.open(session, queue);
        relayed = relays ? Optional.of(Account.relayed(session, queue)) : Optional.empty();
        lost = new LostNodes(settings.run().directory());
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
                        this::lookedAt);
        if (sink && account.isNew()) {
            lost.begin();
        }
    }

    /** Called by the drain's thread, the only one that may look at the account until it is done. */
    private void lookedAt(List<RingFill> rings) {
        status.accept(rings);
        rings.forEach(ring -> account.of(ring.source()).reached(ring.written()));
        if (System.nanoTime() - nextWord >= 0) {
            nextWord = System.nanoTime() + EVERY_SECOND;
            status.lastWord(account.report(host(), session.directory()));
        }
    }

    /**
     * Opens all that the node has.
     *
     * @param sink whether its queue is the inbox
     * @param relays whether other nodes send to it
     */
    static NodeParts open(CouplerSettings settings, Path session, boolean sink, boolean relays) {
        QueueSettings where = settings.queue();
        RecordQueue queue = RecordQueue.open(sink ? where.inbox() : where.node(), where);
        queue.keepFor(sink ? RecordQueue.CLASSIFIER : RecordQueue.RELAY);
        return new NodeParts(settings, session, queue, sink, relays);
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

    /** It takes the place of the node's last word, of which none may come behind it. */
    @Override
    public String account() {
        status.noMoreWords();
        return account.report(host(), session.directory()).toString();
    }

    @Override
    public void keepAccount(String text) {
        JsonNode report = JsonFiles.parse(text);
        Path file = settings.run().directory().resolve("coupler-" + Node.hostOf(report) + ".json");
        JsonFiles.replace(file, report);
        lost.heardOf(Node.hostOf(report));
    }

    @Override
    public void relayed(RecordView record, long index) {
        relayed.orElseThrow().note(record, index);
    }

    /**
     * What the accounts have counted is theirs no longer. Nothing else would say so while nothing
     * comes from other nodes, and the account of the rings is saved by the drain only as long as
     * that runs.
     */
    @Override
    public void makeRoom() {
        long segment = queue.segmentsBegun();
        if (segment == lastSegment && System.nanoTime() - nextRoom < 0) {
            return;
        }
        lastSegment = segment;
        nextRoom = System.nanoTime() + ROOM_EVERY;
        relayed.ifPresent(Account::save);
        if (loop.done()) {
            account.save();
        }
    }

    /** The run is over without some of the nodes: what they still have counts as dropped. */
    void giveUpLostNodes() {
        if (loop.finishing() && relayed.isPresent() && relayed.get().fromTheFirst()) {
            lost.give(queue, relayed.get()).forEach(word -> keepAccount(word.toString()));
        }
    }

    /** The name of this node, as its kernel has it: right in a container and a namespace, too. */
    static String host() {
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
        relayed.ifPresent(Account::close);
        queue.close();
        session.close();
    }
}
