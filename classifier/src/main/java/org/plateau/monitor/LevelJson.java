package org.plateau.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.plateau.results.Results;
import org.plateau.results.Results.Steady;

/** The series of one metric at one level, or of the column, for the page. */
final class LevelJson {
    private static final int MOST_BINS = 600;

    private LevelJson() {}

    /** A metric over the whole run, as the extremes of at most 600 bins. */
    static ObjectNode series(Results results, int level, int metric) {
        return series(
                results,
                t -> results.metricValue()[t][level][metric],
                t -> results.verdict()[t][level][metric],
                results.steady()[level][metric]);
    }

    /** A metric of the column, likewise; most have fewer samples than there are outputs. */
    static ObjectNode series(Results results, int metric) {
        Results.Column column = results.column();
        return series(
                results,
                t -> column.value()[t][metric],
                t -> column.verdict()[t][metric],
                column.steady()[metric]);
    }

    private static ObjectNode series(
            Results results, IntToDoubleFunction value, IntUnaryOperator code, Steady steady) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode time = json.putArray("time");
        ArrayNode low = json.putArray("low");
        ArrayNode high = json.putArray("high");
        ArrayNode verdict = json.putArray("verdict");
        int outputs = results.outputs();
        int bins = Math.min(outputs, MOST_BINS);
        for (int b = 0; b < bins; b++) {
            int first = (int) ((long) b * outputs / bins);
            int last = (int) ((b + 1L) * outputs / bins) - 1;
            double[] range = range(value, first, last);
            time.add(results.time().values()[last]);
            put(low, range[0]);
            put(high, range[1]);
            verdict.add(code.applyAsInt(last));
        }
        put(json, "since", steady.since());
        put(json, "mean", steady.mean());
        put(json, "tolerance", steady.tolerance());
        return json;
    }

    private static double[] range(IntToDoubleFunction series, int first, int last) {
        double low = Double.NaN;
        double high = Double.NaN;
        for (int t = first; t <= last; t++) {
            double value = series.applyAsDouble(t);
            if (Double.isFinite(value)) {
                low = Double.isNaN(low) ? value : Math.min(low, value);
                high = Double.isNaN(high) ? value : Math.max(high, value);
            }
        }
        return new double[] {low, high};
    }

    private static void put(ArrayNode array, double value) {
        if (Double.isFinite(value)) {
            array.add(value);
        } else {
            array.addNull();
        }
    }

    private static void put(ObjectNode json, String key, double value) {
        if (Double.isFinite(value)) {
            json.put(key, value);
        }
    }
}
