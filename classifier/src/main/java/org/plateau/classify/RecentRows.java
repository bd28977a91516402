package org.plateau.classify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.plateau.equilibration.Verdict;
import org.plateau.results.ResultsRow;

/**
 * The column's part of the latest rows of the results. A metric that is made of what the model
 * writes has times of its own, and its samples come before or after the row that they belong to:
 * the first whose time is not before theirs. One thread.
 */
final class RecentRows {
    private static final int MOST_ROWS = 16;
    private static final int MOST_SAMPLES = 4096;

    private final Deque<Row> rows = new ArrayDeque<>();
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private final List<Byte> codes = new ArrayList<>();

    private record Row(int number, long after, long until, ResultsRow.Column column) {
        boolean has(long key) {
            return key > after && key <= until;
        }

        void put(Sample sample) {
            column.values()[sample.series] = sample.value;
            column.verdicts()[sample.series] = sample.code;
        }
    }

    private record Sample(int series, long key, double value, byte code) {
        static Sample of(ColumnVerdicts.Series one) {
            return new Sample(one.number, one.key(), one.value(), (byte) one.verdict().code());
        }
    }

    /** The column's part of a new row, kept to be filled up later. */
    ResultsRow.Column add(int number, long key, ColumnVerdicts verdicts) {
        List<ColumnVerdicts.Series> all = verdicts.all();
        double[] values = new double[all.size()];
        java.util.Arrays.fill(values, Double.NaN);
        byte[] now = new byte[all.size()];
        long after = rows.isEmpty() ? Long.MIN_VALUE : rows.peekLast().until;
        Row row =
                new Row(
                        number,
                        after,
                        key,
                        new ResultsRow.Column(values, now, Verdict.code(verdicts.verdict())));
        for (int k = 0; k < now.length; k++) {
            now[k] = k < codes.size() ? codes.get(k) : 0;
        }
        all.stream().filter(one -> one.key() == key).map(Sample::of).forEach(row::put);
        Iterator<Sample> samples = waiting.iterator();
        while (samples.hasNext()) {
            Sample sample = samples.next();
            if (sample.key <= key) {
                row.put(sample);
                samples.remove();
            }
        }
        remember(now);
        rows.addLast(row);
        if (rows.size() > MOST_ROWS) {
            rows.removeFirst();
        }
        return row.column;
    }

    private void remember(byte[] now) {
        codes.clear();
        for (byte code : now) {
            codes.add(code);
        }
    }

    /** Forgets all, because the model has gone back in time. */
    void clear() {
        rows.clear();
        waiting.clear();
        codes.clear();
    }

    /** A series has got a sample: the row that it belongs to is told, if it is there. */
    void changed(ColumnVerdicts.Series one, ObjIntConsumer<ResultsRow.Column> told) {
        Sample sample = Sample.of(one);
        if (rows.isEmpty() || sample.key > rows.peekLast().until) {
            waiting.addLast(sample);
            if (waiting.size() > MOST_SAMPLES) {
                waiting.removeFirst();
            }
            return;
        }
        rows.stream()
                .filter(row -> row.has(sample.key))
                .forEach(
                        row -> {
                            row.put(sample);
                            told.accept(row.column, row.number);
                        });
        if (rows.peekLast().has(sample.key) && sample.series < codes.size()) {
            codes.set(sample.series, sample.code);
        }
    }
}
