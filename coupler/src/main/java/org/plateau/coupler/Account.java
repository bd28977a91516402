package org.plateau.coupler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.plateau.bridge.RingStatistics;
import org.plateau.message.RecordView;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/**
 * What became of every captured write of this node: <em>written = forwarded + dropped + torn</em>
 * once a source has ended.
 *
 * <p>It outlives its process: a snapshot in the session's folder says up to which index of the
 * queue it counts, and what was appended behind that is counted again from the queue. Not
 * thread-safe.
 */
final class Account implements AutoCloseable {
    private final Path snapshot;
    private final RecordQueue queue;
    private final RecordTailer tailer;
    private final Map<Long, SourceAccount> sources = new TreeMap<>(Long::compareUnsigned);
    private long upTo;
    private final boolean here;
    private boolean isNew;
    private boolean fromTheFirst;
    private boolean changed;

    private Account(Path session, RecordQueue queue, String snapshot, String name, boolean here) {
        this.snapshot = session.resolve(snapshot);
        this.queue = queue;
        this.here = here;
        tailer = queue.tailer(name);
    }

    /**
     * The account of this node's rings as the last coupler of the session left it, or a new one.
     */
    static Account open(Path session, RecordQueue queue) {
        return open(new Account(session, queue, "account.json", "coupler", true));
    }

    /** The same of what came to this queue from other nodes. */
    static Account relayed(Path session, RecordQueue queue) {
        return open(new Account(session, queue, "relayed.json", "relayed", false));
    }

    private static Account open(Account account) {
        if (Files.exists(account.snapshot)) {
            account.restore();
        } else {
            account.upTo = Math.max(0, account.queue.lastIndex());
            account.isNew = true;
            account.fromTheFirst = account.isEmpty();
            account.changed = true;
        }
        account.save();
        return account;
    }

    private boolean isEmpty() {
        try (RecordTailer reader = queue.reader()) {
            return reader.poll() == null;
        }
    }

    private void restore() {
        var root = JsonFiles.read(snapshot);
        upTo = root.path("upTo").asLong();
        fromTheFirst = root.path("fromTheFirst").asBoolean();
        root.path("sources")
                .forEach(
                        s -> sources.put(source(s.path("source").asText()), SourceAccount.read(s)));
        tailer.moveTo(upTo == 0 ? 0 : upTo + 1);
        RecordView view = new RecordView();
        for (ByteBuffer b = tailer.poll(); b != null; b = tailer.poll()) {
            if (tailer.origin() == RecordQueue.HERE == here) {
                note(view.on(b), tailer.index());
            }
        }
    }

    private static long source(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }

    private static String hex(long source) {
        return "%016x".formatted(source);
    }

    /** Takes note of a record that stands in the queue at that index. */
    void note(RecordView record, long index) {
        of(record.source()).note(record);
        upTo = index;
        changed = true;
    }

    /** Takes note of what a ring says of its writer. */
    void note(long source, RingStatistics ring) {
        of(source).note(ring);
        changed = true;
    }

    /** Whether this process began it. */
    boolean isNew() {
        return isNew;
    }

    /** Whether nothing had been in the queue when it began. */
    boolean fromTheFirst() {
        return fromTheFirst;
    }

    SourceAccount of(long source) {
        return sources.computeIfAbsent(source, s -> new SourceAccount());
    }

    /**
     * Puts the snapshot on disk if there is anything new in it. Call it where the drain runs: all
     * of this node's records that are in the queue have been noted then.
     */
    void save() {
        long end = Math.max(upTo, queue.lastIndex());
        if (!changed && end == upTo) {
            return;
        }
        upTo = end;
        ObjectNode root = JsonFiles.object();
        root.put("upTo", upTo).put("fromTheFirst", fromTheFirst);
        writeSources(root);
        JsonFiles.replace(snapshot, root);
        tailer.released(upTo);
        changed = false;
    }

    private void writeSources(ObjectNode root) {
        ArrayNode list = root.putArray("sources");
        sources.forEach((id, account) -> account.write(list.addObject().put("source", hex(id))));
    }

    /** The account of this node, as {@code coupler-<host>.json} has it. */
    ObjectNode report(String host, Path session) {
        ObjectNode root = JsonFiles.object();
        root.put("host", host).put("session", session.toString());
        root.put("queue", queue.directory().toString()).put("lastIndex", queue.lastIndex());
        ObjectNode total = root.putObject("total");
        total.put("written", sum(SourceAccount::written));
        total.put("forwarded", sum(SourceAccount::forwarded));
        total.put("dropped", sum(SourceAccount::droppedInAll));
        total.put("torn", sum(SourceAccount::torn));
        total.put("open", sum(SourceAccount::open));
        ObjectNode hook = root.putObject("hook");
        hook.put("costP50us", largest(SourceAccount::costP50));
        hook.put("costP99us", largest(SourceAccount::costP99));
        hook.put("costMaxus", largest(SourceAccount::costMax));
        writeSources(root);
        return root;
    }

    private long sum(ToLongFunction<SourceAccount> what) {
        return sources.values().stream().mapToLong(what).sum();
    }

    private double largest(ToDoubleFunction<SourceAccount> what) {
        return sources.values().stream().mapToDouble(what).max().orElse(0);
    }

    @Override
    public void close() {
        save();
        tailer.close();
    }
}
