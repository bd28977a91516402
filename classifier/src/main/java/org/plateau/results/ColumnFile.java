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
        file.numbers(SINCE, METRIC, "time from which a metric is steady", NAME);
        file.attribute(SINCE, "units", layout.timeUnits());
        file.attribute(SINCE, "calendar", layout.calendar());
        file.numbers(MEAN, METRIC, "mean of a metric since it is steady", UNITS);
        file.numbers(TOLERANCE, METRIC, "change that is tolerated over the horizon", UNITS);
    }

    static void put(NetcdfVariables file, int row, ResultsRow.Column column) throws IOException {
        int metrics = column.values().length;
        file.put(VALUE, new int[] {row, 0}, column.values(), 1, metrics);
        file.put(VERDICTS, new int[] {row, 0}, column.verdicts(), 1, metrics);
        file.put(VERDICT, new int[] {row}, new byte[] {column.verdict()}, 1);
    }

    /** What is known by now; the name of a metric of which nothing has come is empty. */
    static void put(NetcdfVariables file, List<Quantity> metrics, Steady[] steady)
            throws IOException {
        file.names(NAME, metrics.stream().map(Quantity::name).toList());
        file.names(UNITS, metrics.stream().map(Quantity::unit).toList());
        file.put(SINCE, new int[1], numbers(steady, Steady::since), steady.length);
        file.put(MEAN, new int[1], numbers(steady, Steady::mean), steady.length);
        file.put(TOLERANCE, new int[1], numbers(steady, Steady::tolerance), steady.length);
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
