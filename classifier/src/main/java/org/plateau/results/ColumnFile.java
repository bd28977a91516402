package org.plateau.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plateau.results.Results.Quantity;
import org.plateau.results.Results.Steady;

/**
 * The variables of {@code results.nc} that hold the metrics of the column. A metric without a name
 * is one of which nothing has come yet. One thread.
 */
final class ColumnFile {
    private static final String METRIC = "column_metric";
    private static final String NAME = "column_metric_name";
    private static final String UNITS = "column_metric_units";
    private static final String VALUE = "column_value";
    private static final String VERDICTS = "column_metric_verdict";
    private static final String VERDICT = "column_verdict";
    private static final String SINCE = "column_since";
    private static final String MEAN = "column_mean";
    private static final String TOLERANCE = "column_tolerance";

    private ColumnFile() {}

    static void define(NetcdfVariables file, ResultsLayout layout) {
        file.dimension(METRIC, layout.columnMetrics());
        file.words(NAME, METRIC);
        file.words(UNITS, METRIC);
        file.numbers(VALUE, "time " + METRIC, "metric of the column, in column_metric_units", NAME);
        file.flags(VERDICTS, "time " + METRIC, "verdict on a metric", layout.verdicts());
        file.flags(VERDICT, "time", "verdict on the column", layout.verdicts());
        String since = "time from which a metric is steady, from the origin of time";
        file.numbers(SINCE, METRIC, since, NAME);
        file.attribute(SINCE, "units", layout.elapsed());
        file.numbers(MEAN, METRIC, "mean of a metric since it is steady", UNITS);
        file.numbers(TOLERANCE, METRIC, "change that is tolerated over the horizon", UNITS);
    }

    /** Into the record that is being made. */
    static void put(ClassicFile file, ResultsRow.Column column) {
        file.put(VALUE, column.values());
        file.put(VERDICTS, column.verdicts());
        file.put(VERDICT, column.verdict());
    }

    /** Into a record that is there. */
    static void replace(ClassicFile file, int row, ResultsRow.Column column) throws IOException {
        file.replace(row, VALUE, column.values());
        file.replace(row, VERDICTS, column.verdicts());
        file.replace(row, VERDICT, column.verdict());
    }

    /** What is known by now; the name of a metric of which nothing has come is empty. */
    static void put(ClassicFile file, List<Quantity> metrics, Steady[] steady) throws IOException {
        file.fixed(NAME, NetcdfVariables.names(metrics.stream().map(Quantity::name).toList()));
        file.fixed(UNITS, NetcdfVariables.names(metrics.stream().map(Quantity::unit).toList()));
        file.fixed(SINCE, 0, numbers(steady, Steady::since));
        file.fixed(MEAN, 0, numbers(steady, Steady::mean));
        file.fixed(TOLERANCE, 0, numbers(steady, Steady::tolerance));
    }

    private static double[] numbers(Steady[] steady, ToDoubleFunction<Steady> number) {
        return Arrays.stream(steady).mapToDouble(number).toArray();
    }

    static Results.Column read(NetcdfArrays file, int from, int to) throws IOException {
        if (!file.has(VALUE)) {
            byte[] none = new byte[to - from];
            Arrays.fill(none, (byte) -1);
            return new Results.Column(
                    List.of(),
                    new double[to - from][0],
                    new byte[to - from][0],
                    none,
                    new Steady[0]);
        }
        List<String> names = file.names(NAME);
        List<String> units = file.names(UNITS);
        int[] known =
                IntStream.range(0, names.size()).filter(m -> !names.get(m).isEmpty()).toArray();
        double[] value = file.doubles(VALUE, from, to);
        byte[][] verdict = file.bytes2(VERDICTS, from, to);
        double[][] values = new double[to - from][];
        byte[][] verdicts = new byte[to - from][known.length];
        for (int t = 0; t < to - from; t++) {
            int row = t * names.size();
            values[t] = Arrays.stream(known).mapToDouble(m -> value[row + m]).toArray();
            for (int k = 0; k < known.length; k++) {
                verdicts[t][k] = verdict[t][known[k]];
            }
        }
        double[] since = file.doubles(SINCE);
        double[] mean = file.doubles(MEAN);
        double[] tolerance = file.doubles(TOLERANCE);
        List<Quantity> metrics = new ArrayList<>();
        Arrays.stream(known).forEach(m -> metrics.add(new Quantity(names.get(m), units.get(m))));
        Steady[] steady =
                Arrays.stream(known)
                        .mapToObj(m -> new Steady(since[m], mean[m], tolerance[m]))
                        .toArray(Steady[]::new);
        return new Results.Column(
                List.copyOf(metrics), values, verdicts, file.bytes1(VERDICT, from, to), steady);
    }
}
