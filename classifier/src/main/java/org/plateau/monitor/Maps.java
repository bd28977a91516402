package org.plateau.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;
import org.plateau.results.MapArchive;
import org.plateau.results.Results;
import org.plateau.results.Results.LatestMaps;

/** Maps for the page: the latest of a level, or the one kept that is nearest to an output. */
final class Maps {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final MapArchive archive;
    private final Saliency saliency;

    Maps(Path runDirectory, Saliency saliency) {
        this.archive = new MapArchive(runDirectory.resolve(MapArchive.NAME));
        this.saliency = saliency;
    }

    /** A map with its time in the results' unit. */
    private record Shown(double time, LevelMap map) {}

    /**
     * A map and its labels; null if there is none.
     *
     * @param output number of the output asked for; -1 for the latest map
     */
    ObjectNode map(Results results, int level, int output) {
        Shown shown = find(results, level, output);
        if (shown == null) {
            return null;
        }
        ObjectNode json = JSON.objectNode();
        json.put("level", level);
        json.put("pressure", results.pressure()[level]);
        json.put("time", shown.time);
        if (output >= 0 && output < results.outputs()) {
            json.put("askedTime", results.time().values()[output]);
        }
        json.set("lat", Numbers.array(latitudes(shown.map.grid())));
        json.set("lon", Numbers.array(longitudes(shown.map.grid())));
        json.put("temperature", Numbers.base64(shown.map.temperature()));
        json.put("u", Numbers.base64(shown.map.u()));
        json.put("v", Numbers.base64(shown.map.v()));
        json.put("saliency", saliency != null);
        labels(json, results, level, shown.time);
        return json;
    }

    /** Where the network looked in the same map; null if there is none or nobody can tell. */
    ObjectNode saliency(Results results, int level, int output) {
        Shown shown = saliency == null ? null : find(results, level, output);
        Saliency.Seen seen = shown == null ? null : saliency.of(shown.map);
        if (seen == null) {
            return null;
        }
        ObjectNode json = JSON.objectNode();
        json.put("level", level).put("time", shown.time);
        json.put("regime", seen.regime()).put("probability", seen.probability());
        json.put("rows", seen.rows()).put("columns", seen.columns());
        json.put("drop", Numbers.base64(seen.drop()));
        return json;
    }

    private Shown find(Results results, int level, int output) {
        LatestMaps latest = results.maps();
        boolean has = latest != null && latest.has(level);
        double wanted =
                output >= 0 && output < results.outputs()
                        ? results.time().values()[output]
                        : has ? latest.time()[level] : Double.POSITIVE_INFINITY;
        MapArchive.Kept kept = archive.nearest(results.pressure()[level], wanted).orElse(null);
        boolean latestIsNearer =
                has
                        && (kept == null
                                || Math.abs(latest.time()[level] - wanted)
                                        < Math.abs(kept.time() - wanted));
        if (latestIsNearer) {
            return new Shown(latest.time()[level], latestMap(results, level));
        }
        return kept == null ? null : new Shown(kept.time(), kept.map());
    }

    private static LevelMap latestMap(Results results, int level) {
        LatestMaps latest = results.maps();
        return new LevelMap(
                new RegularGrid(latest.lat().length, latest.lon().length),
                results.pressure()[level],
                latest.temperature()[level],
                latest.u()[level],
                latest.v()[level],
                null);
    }

    private static double[] latitudes(RegularGrid grid) {
        double[] lat = new double[grid.nlat()];
        for (int j = 0; j < lat.length; j++) {
            lat[j] = grid.latitude(j);
        }
        return lat;
    }

    private static double[] longitudes(RegularGrid grid) {
        double[] lon = new double[grid.nlon()];
        for (int i = 0; i < lon.length; i++) {
            lon[i] = grid.longitude(i);
        }
        return lon;
    }

    /** Probabilities of the map's own time. */
    private static void labels(ObjectNode json, Results results, int level, double time) {
        int output = results.lastOutput(time);
        if (output < 0
                || results.gap()[output][level] != 0
                || Float.isNaN(results.nothing()[output][level])) {
            return;
        }
        json.put("nothing", results.nothing()[output][level]);
        ArrayNode labels = json.putArray("labels");
        for (int r = 0; r < results.regimes().size(); r++) {
            float probability = results.probability()[output][level][r];
            if (Float.isFinite(probability)) {
                labels.addObject()
                        .put("regime", results.regimes().get(r))
                        .put("probability", probability);
            }
        }
    }
}
