package org.plateau.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plateau.regimes.Regime;

/**
 * Results as a table: one row per output time and level, from the first output on and from the top
 * of the atmosphere down. Columns, in this order:
 *
 * <ul>
 *   <li>{@code time}, in the model's units and calendar
 *   <li>{@code pressure}, Pa
 *   <li>{@code label}, the most probable regime of the horizontal structure; missing in a gap
 *   <li>{@code p_REGIME} for each regime, its probability, 0 to 1
 *   <li>{@code nothing}, probability that no regime is recognised
 *   <li>{@code unlike}, 0 like the training maps to 1 unlike them
 *   <li>{@code gap}, why there is no label; {@code labelled} if there is one
 *   <li>{@code verdict} on the level
 *   <li>for each metric its value, {@code NAME}, and the verdict on it, {@code NAME_verdict}
 *   <li>where there are metrics of the whole column, {@code column_verdict} and for each {@code
 *       column_NAME} and {@code column_NAME_verdict}, the same in every row of an output
 * </ul>
 *
 * <p>As CSV (RFC 4180), the heading has the unit in brackets after a name where there is one, and a
 * missing value is empty. As JSON, each row is an object on a line of its own with the same names;
 * a missing value is null, and a line before the rows has the units.
 */
public final class ResultsTable {
    /** How rows are written. */
    public enum Form {
        CSV,
        JSON
    }

    private static final String COLUMN = "column_";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Form form;
    private final Appendable out;
    private boolean begun;

    public ResultsTable(Form form, Appendable out) {
        this.form = form;
        this.out = out;
    }

    /** Writes the next outputs; the heading before the first. */
    public void append(Results results) throws IOException {
        Map<String, String> units = units(results);
        if (!begun) {
            line(form == Form.CSV ? heading(units) : MAPPER.writeValueAsString(header(units)));
            begun = true;
        }
        for (int t = 0; t < results.outputs(); t++) {
            for (int level = 0; level < results.levels(); level++) {
                Map<String, Object> row = row(results, t, level);
                line(form == Form.CSV ? csv(row.values()) : MAPPER.writeValueAsString(row));
            }
        }
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }

    /** Every column with its unit, which is empty for words. */
    private static Map<String, String> units(Results results) {
        Map<String, String> units = new LinkedHashMap<>();
        String calendar = results.time().calendar();
        units.put("time", results.time().units() + ", calendar " + calendar);
        units.put("pressure", "Pa");
        units.put("label", "");
        results.regimes().forEach(regime -> units.put(column(regime), "1"));
        units.put("nothing", "1");
        units.put("unlike", "1");
        units.put("gap", "");
        units.put("verdict", "");
        for (Results.Quantity metric : results.metrics()) {
            units.put(metric.name(), metric.unit());
            units.put(metric.name() + "_verdict", "");
        }
        List<Results.Quantity> ofColumn = results.column().metrics();
        if (!ofColumn.isEmpty()) {
            units.put(COLUMN + "verdict", "");
        }
        for (Results.Quantity metric : ofColumn) {
            units.put(COLUMN + metric.name(), metric.unit());
            units.put(COLUMN + metric.name() + "_verdict", "");
        }
        return units;
    }

    private static String column(String regime) {
        return "p_" + regime.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    private static String heading(Map<String, String> units) {
        List<Object> names = new ArrayList<>();
        units.forEach((name, unit) -> names.add(unit.isEmpty() ? name : name + " [" + unit + "]"));
        return csv(names);
    }

    private static Map<String, Object> header(Map<String, String> units) {
        Map<String, String> some = new LinkedHashMap<>(units);
        some.values().removeIf(String::isEmpty);
        return Map.of("units", some);
    }

    private static Map<String, Object> row(Results results, int t, int level) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("time", results.time().values()[t]);
        row.put("pressure", results.pressure()[level]);
        float[] probability = results.probability()[t][level];
        row.put("label", label(results.regimes(), probability));
        for (int r = 0; r < probability.length; r++) {
            row.put(column(results.regimes().get(r)), number(probability[r]));
        }
        row.put("nothing", number(results.nothing()[t][level]));
        row.put("unlike", number(results.unlike()[t][level]));
        row.put("gap", word(results.gapReasons(), results.gap()[t][level]));
        row.put("verdict", word(results.verdicts(), results.levelVerdict()[t][level]));
        for (int m = 0; m < results.metrics().size(); m++) {
            String name = results.metrics().get(m).name();
            double value = results.metricValue()[t][level][m];
            row.put(name, Double.isFinite(value) ? value : null);
            row.put(name + "_verdict", word(results.verdicts(), results.verdict()[t][level][m]));
        }
        column(row, results, t);
        return row;
    }

    private static void column(Map<String, Object> row, Results results, int t) {
        Results.Column column = results.column();
        if (!column.metrics().isEmpty()) {
            row.put(COLUMN + "verdict", word(results.verdicts(), column.columnVerdict()[t]));
        }
        for (int m = 0; m < column.metrics().size(); m++) {
            String name = COLUMN + column.metrics().get(m).name();
            double value = column.value()[t][m];
            row.put(name, Double.isFinite(value) ? value : null);
            row.put(name + "_verdict", word(results.verdicts(), column.verdict()[t][m]));
        }
    }

    private static String label(List<String> regimes, float[] probability) {
        int best = -1;
        for (Regime regime : Regime.values()) {
            int r = regime.horizontal() ? regimes.indexOf(regime.text()) : -1;
            boolean known = r >= 0 && !Float.isNaN(probability[r]);
            best = known && (best < 0 || probability[r] > probability[best]) ? r : best;
        }
        return best < 0 ? null : regimes.get(best);
    }

    private static Float number(float value) {
        return Float.isFinite(value) ? value : null;
    }

    private static String word(List<String> words, int code) {
        return code >= 0 && code < words.size() ? words.get(code) : null;
    }

    private static String csv(Iterable<Object> values) {
        StringBuilder line = new StringBuilder();
        String separator = "";
        for (Object value : values) {
            line.append(separator).append(value == null ? "" : quoted(value.toString()));
            separator = ",";
        }
        return line.toString();
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
