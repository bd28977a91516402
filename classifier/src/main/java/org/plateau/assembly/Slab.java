package org.plateau.assembly;

import java.util.Arrays;
import org.plateau.message.MalformedRecordException;
import org.plateau.message.RecordView;
import org.plateau.message.VariableDescriptor;

/**
 * A hyperslab in the index space of the global field, without the record dimension.
 *
 * @param first index per dimension
 * @param count elements per dimension
 * @param stride distance of elements per dimension
 */
record Slab(int[] first, int[] count, int[] stride) {

    /** Called for each run of elements: where it starts in payload and field, length, distance. */
    interface Run {
        void at(int from, int to, int n, int step);
    }

    static Slab of(RecordView record, Placement part) {
        int rank = part.shape().length;
        int[] first = new int[rank];
        int[] count = new int[rank];
        int[] stride = new int[rank];
        for (int d = 0, k = 0; d < record.rank(); d++) {
            if (d == part.recordDimension()) {
                continue;
            }
            first[k] = Math.toIntExact(record.start(d)) + part.offset()[k];
            count[k] = Math.toIntExact(record.count(d));
            stride[k] = Math.max(1, Math.toIntExact(record.stride(d)));
            k++;
        }
        return new Slab(first, count, stride);
    }

    boolean dense() {
        return Arrays.stream(stride).allMatch(s -> s == 1);
    }

    /** How many elements it has. */
    long elements() {
        return Arrays.stream(count).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** Elements from the first to the last per dimension. */
    int[] extent() {
        int[] extent = new int[count.length];
        Arrays.setAll(extent, d -> count[d] == 0 ? 0 : (count[d] - 1) * stride[d] + 1);
        return extent;
    }

    void checkWithin(Placement field, VariableDescriptor variable) {
        int[] extent = extent();
        for (int d = 0; d < first.length; d++) {
            if (first[d] < 0 || first[d] + extent[d] > field.shape()[d]) {
                throw new MalformedRecordException(
                        variable.variable()
                                + ": expected a hyperslab within "
                                + Arrays.toString(field.shape())
                                + ", found start "
                                + Arrays.toString(first)
                                + " count "
                                + Arrays.toString(count));
            }
        }
    }

    /** Walks over the slab in the payload's order in the longest runs there are. */
    void forEachRun(int[] shape, Run run) {
        int rank = shape.length;
        if (Arrays.stream(count).anyMatch(n -> n == 0)) {
            return;
        }
        int inner = rank;
        int length = 1;
        while (inner > 0 && stride[inner - 1] == 1) {
            inner--;
            length *= count[inner];
            if (count[inner] != shape[inner]) {
                break;
            }
        }
        int step = 1;
        if (inner == rank && rank > 0) {
            inner = rank - 1;
            length = count[inner];
            step = stride[inner];
        }
        walk(shape, inner, length, step, run);
    }

    private void walk(int[] shape, int inner, int length, int step, Run run) {
        int[] at = new int[inner];
        int from = 0;
        while (true) {
            int to = 0;
            for (int d = 0; d < shape.length; d++) {
                int index = first[d] + (d < inner ? at[d] * stride[d] : 0);
                to = to * shape[d] + index;
            }
            run.at(from, to, length, step);
            from += length;
            int d = inner - 1;
            while (d >= 0 && ++at[d] == count[d]) {
                at[d--] = 0;
            }
            if (d < 0) {
                return;
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slab s
                && Arrays.equals(first, s.first)
                && Arrays.equals(count, s.count)
                && Arrays.equals(stride, s.stride);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.hashCode(count);
    }

    @Override
    public String toString() {
        return Arrays.toString(first) + " + " + Arrays.toString(count);
    }
}
