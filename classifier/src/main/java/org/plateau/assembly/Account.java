package org.plateau.assembly;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of every captured write, per source. A write is settled once; settling it again does
 * nothing, so that records may be read again after a crash.
 */
public final class Account {
    private final Map<Long, Ledger> ledgers = new TreeMap<>(Long::compareUnsigned);

    /** Totals of one source or of all. */
    public record Totals(long written, Map<Outcome, Long> outcomes, Map<String, Long> reasons) {
        public long of(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0L);
        }

        /** Writes that are still on their way to an outcome. */
        public long pending() {
            return written - outcomes.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final class Ledger {
        long written;
        SequenceSet settled = new SequenceSet();
        final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        final Map<String, Long> reasons = new TreeMap<>();

        Totals totals() {
            return new Totals(written, new EnumMap<>(outcomes), new TreeMap<>(reasons));
        }
    }

    private Ledger ledger(long source) {
        return ledgers.computeIfAbsent(source, s -> new Ledger());
    }

    /** Notes that the source has given out numbers up to this one. */
    public void written(long source, long sequence) {
        Ledger ledger = ledger(source);
        ledger.written = Math.max(ledger.written, sequence);
    }

    public boolean settled(long source, long sequence) {
        return ledger(source).settled.contains(sequence);
    }

    /** Settles one write. */
    public void settle(long source, long sequence, Outcome outcome, String reason) {
        settle(source, sequence, outcome, reason, 1);
    }

    /**
     * Settles writes.
     *
     * @param sequence number of the last of them
     * @param reason for orphans, drops and torn writes; empty otherwise
     * @param writes how many
     */
    public void settle(long source, long sequence, Outcome outcome, String reason, long writes) {
        Ledger ledger = ledger(source);
        ledger.written = Math.max(ledger.written, sequence);
        if (!ledger.settled.add(sequence)) {
            return;
        }
        ledger.outcomes.merge(outcome, writes, Long::sum);
        if (!reason.isEmpty()) {
            ledger.reasons.merge(outcome.text() + ": " + reason, writes, Long::sum);
        }
    }

    /**
     * Nothing more comes of a source: what has no end yet was lost on its way.
     *
     * @param written how much it had written
     * @return how many writes were lost so
     */
    public long lose(long source, long written, String reason) {
        written(source, written);
        long lost = Math.max(0, of(source).pending());
        if (lost > 0) {
            Ledger ledger = ledger(source);
            ledger.outcomes.merge(Outcome.DROPPED, lost, Long::sum);
            ledger.reasons.merge(Outcome.DROPPED.text() + ": " + reason, lost, Long::sum);
        }
        return lost;
    }

    /** Sources in a fixed order. */
    public List<Long> sources() {
        return new ArrayList<>(ledgers.keySet());
    }

    public Totals of(long source) {
        return ledger(source).totals();
    }

    /** All sources together. */
    public Totals total() {
        long written = 0;
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        Map<String, Long> reasons = new TreeMap<>();
        for (Ledger ledger : ledgers.values()) {
            written += ledger.written;
            ledger.outcomes.forEach((key, n) -> outcomes.merge(key, n, Long::sum));
            ledger.reasons.forEach((key, n) -> reasons.merge(key, n, Long::sum));
        }
        return new Totals(written, outcomes, reasons);
    }

    /** Writes the whole account. */
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(ledgers.size());
        for (Map.Entry<Long, Ledger> entry : ledgers.entrySet()) {
            Ledger ledger = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeLong(ledger.written);
            long[] ends = ledger.settled.toArray();
            out.writeInt(ends.length);
            for (long end : ends) {
                out.writeLong(end);
            }
            for (Outcome outcome : Outcome.values()) {
                out.writeLong(ledger.outcomes.getOrDefault(outcome, 0L));
            }
            out.writeInt(ledger.reasons.size());
            for (Map.Entry<String, Long> reason : ledger.reasons.entrySet()) {
                out.writeUTF(reason.getKey());
                out.writeLong(reason.getValue());
            }
        }
    }

    /** Replaces this account by a saved one. */
    public void restore(DataInputStream in) throws IOException {
        ledgers.clear();
        int sources = in.readInt();
        for (int i = 0; i < sources; i++) {
            Ledger ledger = ledger(in.readLong());
            ledger.written = in.readLong();
            long[] ends = new long[in.readInt()];
            for (int k = 0; k < ends.length; k++) {
                ends[k] = in.readLong();
            }
            ledger.settled = SequenceSet.of(ends);
            for (Outcome outcome : Outcome.values()) {
                long count = in.readLong();
                if (count > 0) {
                    ledger.outcomes.put(outcome, count);
                }
            }
            int reasons = in.readInt();
            for (int k = 0; k < reasons; k++) {
                ledger.reasons.put(in.readUTF(), in.readLong());
            }
        }
    }
}
