package org.plateau.assembly;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.plateau.message.ElementType;
import org.plateau.message.RecordView;
import org.plateau.message.VariableDescriptor;

/**
 * A global field that is being put together, in the type that it has on disk. What is written later
 * replaces what was there. While it waits it may be put on disk; whoever asks for its elements
 * brings it back. Not thread-safe.
 */
final class PartialField {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final VariableDescriptor variable;
    private final Placement placement;
    private final ElementType type;
    private final UsedRoom used;
    private ByteBuffer bytes;
    private Spill.Kept onDisk;
    private BitSet have;
    private final List<Contribution> contributions = new ArrayList<>();
    private final Map<Long, Long> bySource = new HashMap<>();
    private int present;
    private boolean inStep;

    /** One captured write, or a piece of one, that this field holds. */
    record Contribution(
            Write write, int piece, long file, int[] first, int[] count, long elements) {
        boolean within(int[] otherFirst, int[] otherCount) {
            for (int d = 0; d < first.length; d++) {
                if (first[d] < otherFirst[d]
                        || first[d] + count[d] > otherFirst[d] + otherCount[d]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What adding a slab did: writes that it replaced, elements on which two writers differ. */
    record Added(List<Write> superseded, int conflicts, boolean repeated) {}

    /**
     * @param used takes its memory once it is released
     */
    PartialField(VariableDescriptor variable, Placement placement, UsedRoom used) {
        this.variable = variable;
        this.placement = placement;
        this.used = used;
        this.type = variable.type().orElseThrow();
        this.bytes = room();
        this.have = new BitSet(placement.elements());
    }

    VariableDescriptor variable() {
        return variable;
    }

    Placement placement() {
        return placement;
    }

    boolean complete() {
        return present == placement.elements();
    }

    /** Whether it became part of a step; from then on it does not change. */
    boolean used() {
        return inStep;
    }

    void use() {
        inStep = true;
    }

    int present() {
        return present;
    }

    /** Bytes that it takes in memory. */
    long memory() {
        return onDisk == null ? bytes.capacity() + placement.elements() / 8 : 0;
    }

    boolean onDisk() {
        return onDisk != null;
    }

    /** Puts the elements on disk; false if they are there or there is no room. */
    boolean spill(Spill disk) {
        if (onDisk != null || bytes.capacity() == 0) {
            return false;
        }
        byte[] which = have.toByteArray();
        ByteBuffer all = ByteBuffer.allocate(bytes.capacity() + which.length);
        onDisk = disk.keep(all.put(bytes.duplicate().clear()).put(which).flip());
        if (onDisk == null) {
            return false;
        }
        bytes = EMPTY;
        have = null;
        return true;
    }

    /** Brings the elements back from disk, if they are there. */
    void load() {
        if (onDisk != null) {
            ByteBuffer all = onDisk.take();
            bytes = room();
            bytes.put(all.slice(0, bytes.capacity())).clear();
            have = BitSet.valueOf(all.position(bytes.capacity()));
            onDisk = null;
        }
    }

    /** Gives room on disk back; what was there is gone. */
    void discard() {
        if (onDisk != null) {
            onDisk.discard();
            onDisk = null;
        }
    }

    /** Lets the elements of a field go that has been used; nobody may read them any more. */
    void release() {
        discard();
        if (bytes.capacity() > 0) {
            used.give(bytes);
        }
        bytes = EMPTY;
        have = null;
    }

    private ByteBuffer room() {
        return used.take(Math.multiplyExact(placement.elements(), type.bytes()));
    }

    List<Contribution> contributions() {
        return contributions;
    }

    /** How many elements a source has written, less those of writes that others replaced. */
    long elementsOf(long source) {
        return bySource.getOrDefault(source, 0L);
    }

    long firstIndex() {
        return contributions.stream().mapToLong(c -> c.write.index()).min().orElse(Long.MAX_VALUE);
    }

    /** The elements as numbers. */
    double[] numbers() {
        double[] values = new double[placement.elements()];
        if (type != ElementType.CHAR && type != ElementType.STRING) {
            java.util.Arrays.setAll(values, i -> Conversion.number(bytes, type, i));
        }
        return values;
    }

    ByteBuffer bytes() {
        load();
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Adds a hyperslab.
     *
     * @param part where the slab's file lies in the global field
     * @param skip elements of the payload that belong to earlier records of the record dimension
     */
    Added add(RecordView record, Placement part, Write write, int skip) {
        Slab slab = Slab.of(record, part);
        slab.checkWithin(placement, variable);
        load();
        // Who writes a field by the row or the number makes thousands of pieces of it: none of
        // those
        // before is looked at unless something stands where this one goes.
        boolean alone = untouched(slab);
        if (!alone && repeats(write, record.piece())) {
            return new Added(List.of(), 0, true);
        }
        int conflicts = fill(slab, record, skip);
        List<Write> superseded = alone ? new ArrayList<>() : replace(slab, write);
        Contribution added =
                new Contribution(
                        write,
                        record.piece(),
                        record.file(),
                        slab.first(),
                        slab.extent(),
                        slab.elements());
        contributions.add(added);
        bySource.merge(write.source(), added.elements, Long::sum);
        return new Added(superseded, conflicts, false);
    }

    private boolean repeats(Write write, int piece) {
        return contributions.stream().anyMatch(c -> c.write.sameAs(write) && c.piece == piece);
    }

    /** Whether the slab has elements, none of which is there. */
    private boolean untouched(Slab slab) {
        if (have == null || slab.elements() == 0) {
            return false;
        }
        boolean[] free = {true};
        slab.forEachRun(
                placement.shape(),
                (from, to, n, step) -> {
                    if (step == 1) {
                        free[0] &= have.get(to, to + n).isEmpty();
                    } else {
                        for (int i = 0; i < n; i++) {
                            free[0] &= !have.get(to + i * step);
                        }
                    }
                });
        return free[0];
    }

    private List<Write> replace(Slab slab, Write write) {
        List<Write> superseded = new ArrayList<>();
        if (!slab.dense()) {
            return superseded;
        }
        Iterator<Contribution> older = contributions.iterator();
        while (older.hasNext()) {
            Contribution c = older.next();
            if (!c.write.sameAs(write) && c.within(slab.first(), slab.extent())) {
                superseded.add(c.write);
                older.remove();
                bySource.merge(c.write.source(), -c.elements, Long::sum);
            }
        }
        superseded.removeIf(w -> contributions.stream().anyMatch(c -> c.write.sameAs(w)));
        return superseded;
    }

    private int fill(Slab slab, RecordView record, int skip) {
        ByteBuffer payload = record.payload();
        boolean foreign =
                bySource.entrySet().stream()
                        .anyMatch(e -> e.getKey() != record.source() && e.getValue() > 0);
        int[] conflicts = {0};
        slab.forEachRun(
                placement.shape(),
                (from, to, n, step) -> {
                    if (step == 1) {
                        conflicts[0] += run(payload, record.type(), skip + from, to, n, foreign);
                    } else {
                        for (int i = 0; i < n; i++) {
                            int at = to + i * step;
                            conflicts[0] +=
                                    run(payload, record.type(), skip + from + i, at, 1, foreign);
                        }
                    }
                });
        return conflicts[0];
    }

    private int run(
            ByteBuffer payload, ElementType memory, int from, int to, int n, boolean foreign) {
        int covered = have.get(to, to + n).cardinality();
        byte[] before = null;
        int size = type.bytes();
        if (foreign && covered > 0) {
            before = new byte[n * size];
            bytes.get(to * size, before);
        }
        Conversion.copy(payload, memory, from, bytes, type, to, n);
        int conflicts = before == null ? 0 : differing(before, to, n, size);
        have.set(to, to + n);
        present += n - covered;
        return conflicts;
    }

    private int differing(byte[] before, int to, int n, int size) {
        int differing = 0;
        for (int i = 0; i < n; i++) {
            boolean same = true;
            for (int b = 0; b < size && have.get(to + i); b++) {
                same &= before[i * size + b] == bytes.get((to + i) * size + b);
            }
            differing += same ? 0 : 1;
        }
        return differing;
    }
}
