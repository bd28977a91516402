package org.plateau.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.equilibration.EquilibrationTest;
import org.plateau.equilibration.Verdict;
import org.plateau.metrics.Column;
import org.plateau.metrics.ColumnMetric;
import org.plateau.metrics.Metric;
import org.plateau.metrics.Metrics;
import org.plateau.metrics.WrittenMetric;

/**
 * The equilibration tests of the metrics of the column. Those made of levels take a sample per
 * output; those made of what the model writes besides take one per time at which it does. One
 * thread.
 */
final class ColumnVerdicts {
    private final EquilibrationSection section;
    private final double[] pressure;
    private final double radiativeTime;
    private final List<Series> series = new ArrayList<>();
    private final WrittenTimes times = new WrittenTimes();

    /** A metric and its series. */
    static final class Series {
        private static final double STALE = 3;
        private static final Verdict NOTHING = new Verdict.Insufficient(0, 0, 0);

        final int number;
        final Metric metric;
        private final boolean asked;
        private String unit;
        private EquilibrationTest test;
        private double value = Double.NaN;
        private double firstDays;
        private double days;
        private long key = Long.MIN_VALUE;
        private long samples;

        Series(int number, Metric metric, boolean asked) {
            this.number = number;
            this.metric = metric;
            this.asked = asked;
            this.unit = metric.unit();
        }

        private void add(double time, long newKey, double newValue) {
            firstDays = samples++ == 0 ? time : firstDays;
            days = time;
            key = newKey;
            value = newValue;
            test.add(time, newValue);
        }

        /** Whether there is or should be something to say of it. */
        boolean counts() {
            return samples > 0 || asked;
        }

        String unit() {
            return unit;
        }

        /** The latest value, NaN if it is missing. */
        double value() {
            return value;
        }

        /** Of the time of the latest value. */
        long key() {
            return key;
        }

        Verdict verdict() {
            return test == null ? NOTHING : test.verdict();
        }

        /** Null before the first sample. */
        EquilibrationTest test() {
            return test;
        }

        /** Whether it has ceased to come, or never came, by that model time. */
        boolean stale(double now) {
            double interval = (days - firstDays) / Math.max(1, samples - 1);
            return samples == 0 || samples > 1 && now - days > STALE * interval;
        }
    }

    /**
     * @param radiativeTimes of the levels, s; the column takes as long as the slowest of them
     */
    ColumnVerdicts(EquilibrationSection section, double[] pressure, double[] radiativeTimes) {
        this.section = section;
        this.pressure = pressure.clone();
        this.radiativeTime = Arrays.stream(radiativeTimes).reduce(0, Math::max);
        for (ColumnMetric metric : Metrics.column()) {
            series.add(new Series(series.size(), metric, true));
            series.get(series.size() - 1).test = test(metric, metric.tolerance());
        }
        Metrics.written().forEach(m -> series.add(new Series(series.size(), m, false)));
        Metrics.named(section.variables())
                .forEach(m -> series.add(new Series(series.size(), m, true)));
    }

    private EquilibrationTest test(Metric metric, EquilibrationSection.Tolerance usual) {
        return new EquilibrationTest(section.of(metric.name(), usual, radiativeTime));
    }

    /** Takes the levels of an output that is later than the last one. */
    void step(LabelledStep step) {
        Column column = new Column(pressure, step.metrics());
        for (Series one : series) {
            if (one.metric instanceof ColumnMetric metric && step.key() > one.key) {
                one.add(step.days(), step.key(), metric.value(column));
            }
        }
    }

    /**
     * Takes what the model has written.
     *
     * @param changed told of every series that got a sample by it
     */
    void written(WrittenMean mean, Consumer<Series> changed) {
        times.add(mean);
        for (Series one : series) {
            boolean named = one.unit.isEmpty() && one.metric instanceof WrittenMetric;
            if (named && ((WrittenMetric) one.metric).needs().contains(mean.name())) {
                one.unit = mean.unit();
            }
        }
        times.ready(false).forEach(ready -> written(ready, changed));
    }

    /** Nothing more will be written. */
    void finish(Consumer<Series> changed) {
        times.ready(true).forEach(ready -> written(ready, changed));
    }

    private void written(WrittenTimes.Ready ready, Consumer<Series> changed) {
        for (Series one : series) {
            if (one.metric instanceof WrittenMetric metric) {
                double value = metric.value(ready.written());
                if (one.test == null && !Double.isNaN(value)) {
                    one.test = test(metric, metric.tolerance(ready.written()));
                }
                if (one.test != null) {
                    one.add(ready.days(), ready.key(), value);
                    changed.accept(one);
                }
            }
        }
    }

    /** All of them, in the order of the results. */
    List<Series> all() {
        return List.copyOf(series);
    }

    /** Those of which there is or should be something to say. */
    List<Series> known() {
        return series.stream().filter(Series::counts).toList();
    }

    /** The column is what the worst of its metrics is. */
    String verdict() {
        return Verdicts.worst(known().stream().map(Series::verdict));
    }

    /** The verdicts on those that count, by name. */
    Map<String, Verdict> verdicts() {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        known().forEach(one -> verdicts.putIfAbsent(one.metric.name(), one.verdict()));
        return verdicts;
    }

    /** Names of those that have ceased to come, or never came. */
    List<String> stale(double now) {
        return known().stream().filter(s -> s.stale(now)).map(s -> s.metric.name()).toList();
    }
}
