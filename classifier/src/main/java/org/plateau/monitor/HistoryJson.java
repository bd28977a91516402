package org.plateau.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.plateau.plot.Palette;
import org.plateau.plot.RegimeGroup;
import org.plateau.results.Columns;
import org.plateau.results.Results;

/** The whole run for the categorisation map, thinned to a fixed number of columns. */
final class HistoryJson {
    static final int MOST_COLUMNS = 320;

    private HistoryJson() {}

    static ObjectNode of(Results results) {
        Columns columns = Columns.of(results, results.outputs() - 1, MOST_COLUMNS);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("outputs", results.outputs());
        json.put("units", results.time().units());
        json.put("calendar", results.time().calendar());
        json.set("pressure", Numbers.array(results.pressure()));
        json.set("regimes", regimes(results));
        ArrayNode verdicts = json.putArray("verdicts");
        results.verdicts().forEach(verdicts::add);
        json.set("metrics", quantities(results.metrics()));
        json.set("columnMetrics", quantities(results.column().metrics()));
        ArrayNode reasons = json.putArray("gapReasons");
        results.gapReasons().forEach(reasons::add);
        json.set("start", Numbers.array(columns.start()));
        json.set("end", Numbers.array(columns.end()));
        json.set("first", Numbers.array(columns.first()));
        json.set("last", Numbers.array(columns.last()));
        cells(json, results, columns);
        return json;
    }

    private static ArrayNode quantities(List<Results.Quantity> metrics) {
        ArrayNode named = JsonNodeFactory.instance.arrayNode();
        metrics.forEach(m -> named.addObject().put("name", m.name()).put("unit", m.unit()));
        return named;
    }

    private static ArrayNode regimes(Results results) {
        ArrayNode regimes = JsonNodeFactory.instance.arrayNode();
        for (String name : results.regimes()) {
            ObjectNode regime = regimes.addObject();
            regime.put("name", name);
            regime.put("group", RegimeGroup.of(name).name().toLowerCase(Locale.ROOT));
            regime.put("safe", hex(Palette.SAFE.of(name)));
            regime.put("paper", hex(Palette.PAPER.of(name)));
        }
        return regimes;
    }

    private static String hex(Color colour) {
        return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xffffff);
    }

    /** Bytes by [column][level], probabilities by [column][level][regime]. */
    private static void cells(ObjectNode json, Results results, Columns columns) {
        int levels = results.levels();
        int regimes = results.regimes().size();
        int cells = columns.count() * levels;
        byte[] probability = new byte[cells * regimes];
        byte[] nothing = new byte[cells];
        byte[] gap = new byte[cells];
        byte[] reason = new byte[cells];
        byte[] verdict = new byte[cells];
        for (int c = 0; c < columns.count(); c++) {
            for (int l = 0; l < levels; l++) {
                int at = c * levels + l;
                for (int r = 0; r < regimes; r++) {
                    probability[at * regimes + r] = Numbers.share(columns.probability()[c][l][r]);
                }
                nothing[at] = Numbers.share(columns.nothing()[c][l]);
                gap[at] = Numbers.share(columns.gapShare()[c][l]);
                reason[at] = columns.gapReason()[c][l];
                byte code = results.levelVerdict()[columns.last()[c]][l];
                verdict[at] = code < 0 ? (byte) Numbers.MISSING : code;
            }
        }
        json.put("probability", Numbers.base64(probability));
        json.put("nothing", Numbers.base64(nothing));
        json.put("gap", Numbers.base64(gap));
        json.put("reason", Numbers.base64(reason));
        json.put("verdict", Numbers.base64(verdict));
    }
}
