package org.plateau.results;

import java.util.List;
import java.util.Map;
import ucar.ma2.DataType;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;

/** The dimensions, variables and attributes of {@code results.nc}. One thread. */
final class ResultsHeader {
    private final NetcdfFileWriter file;
    private final NetcdfVariables variables;
    private final ResultsLayout layout;

    ResultsHeader(NetcdfFileWriter file, ResultsLayout layout) {
        this.file = file;
        this.variables = new NetcdfVariables(file);
        this.layout = layout;
    }

    /** Puts all of them into a file that is being made. */
    void define() {
        file.addUnlimitedDimension("time");
        variables.dimension("pressure", layout.levels());
        variables.dimension("regime", layout.regimes().size());
        variables.dimension("metric", layout.metrics().size());
        variables.dimension("lat", layout.grid().nlat());
        variables.dimension("lon", layout.grid().nlon());
        defineCoordinates();
        defineSeries();
        defineSteady();
        defineMaps();
        ColumnFile.define(variables, layout);
        file.addGroupAttribute(null, new Attribute("Conventions", "CF-1.10"));
        new java.util.TreeMap<>(layout.attributes())
                .forEach((name, text) -> file.addGroupAttribute(null, new Attribute(name, text)));
    }

    private void defineCoordinates() {
        variables
                .define(
                        "time",
                        DataType.DOUBLE,
                        "time",
                        Map.of("standard_name", "time", "axis", "T"))
                .addAttribute(new Attribute("units", layout.timeUnits()));
        variables.attribute("time", "calendar", layout.calendar());
        variables.define(
                "pressure",
                DataType.DOUBLE,
                "pressure",
                Map.of(
                        "standard_name", "air_pressure",
                        "units", "Pa",
                        "positive", "down",
                        "axis", "Z"));
        variables.define("regime_name", DataType.CHAR, "regime name_strlen", Map.of());
        variables.define("metric_name", DataType.CHAR, "metric name_strlen", Map.of());
        variables.define("metric_units", DataType.CHAR, "metric name_strlen", Map.of());
        variables.define(
                "lat",
                DataType.DOUBLE,
                "lat",
                Map.of("standard_name", "latitude", "units", "degrees_north", "axis", "Y"));
        variables.define(
                "lon",
                DataType.DOUBLE,
                "lon",
                Map.of(
                        "long_name", "longitude east of the substellar point",
                        "comment", "0 is the substellar point, not the model's meridian",
                        "units", "degrees_east",
                        "axis", "X"));
    }

    private void defineSeries() {
        probability("probability", "time pressure regime", "probability");
        file.findVariable("probability").addAttribute(new Attribute("coordinates", "regime_name"));
        probability(
                "nothing_recognised", "time pressure", "probability that no regime is recognised");
        probability("unlike_training", "time pressure", "how unlike the training maps, 0 to 1");
        variables.flags("gap", "time pressure", "why there is no label", layout.gaps());
        variables.define(
                "metric_value",
                DataType.DOUBLE,
                "time pressure metric",
                Map.of(
                        "long_name", "metric, in metric_units",
                        "coordinates", "metric_name"));
        file.findVariable("metric_value").addAttribute(new Attribute("_FillValue", Double.NaN));
        variables.flags(
                "verdict", "time pressure metric", "verdict on a metric", layout.verdicts());
        variables.flags("level_verdict", "time pressure", "verdict on a level", layout.verdicts());
    }

    /**
     * The latest knowledge alone: what a claim was made of stays in the journal. Names and units go
     * to different variables, because cdo takes one coordinate of text for each and leaves out,
     * with a warning, what is no variable's coordinate.
     */
    private void defineSteady() {
        variables.define(
                "steady_since",
                DataType.DOUBLE,
                "pressure metric",
                Map.of(
                        "long_name",
                        "time from which a metric is steady, from the origin of time",
                        "units",
                        layout.elapsed(),
                        "coordinates",
                        "metric_name"));
        variables.define(
                "steady_mean",
                DataType.DOUBLE,
                "pressure metric",
                Map.of(
                        "long_name",
                        "mean of a metric since it is steady, in metric_units",
                        "coordinates",
                        "metric_units"));
        variables.define(
                "metric_tolerance",
                DataType.DOUBLE,
                "pressure metric",
                Map.of(
                        "long_name",
                        "change of a metric that is tolerated over the horizon, in metric_units",
                        "coordinates",
                        "metric_units"));
        for (String name : List.of("steady_since", "steady_mean", "metric_tolerance")) {
            file.findVariable(name).addAttribute(new Attribute("_FillValue", Double.NaN));
        }
    }

    private void probability(String name, String dimensions, String longName) {
        variables
                .define(
                        name,
                        DataType.FLOAT,
                        dimensions,
                        Map.of("long_name", longName, "units", "1"))
                .addAttribute(new Attribute("_FillValue", Float.NaN));
    }

    private void defineMaps() {
        variables.define(
                "map_temperature",
                DataType.FLOAT,
                "pressure lat lon",
                Map.of("standard_name", "air_temperature", "units", "K"));
        variables.define(
                "map_u",
                DataType.FLOAT,
                "pressure lat lon",
                Map.of("standard_name", "eastward_wind", "units", "m s-1"));
        variables.define(
                "map_v",
                DataType.FLOAT,
                "pressure lat lon",
                Map.of("standard_name", "northward_wind", "units", "m s-1"));
        variables.define(
                "map_time",
                DataType.DOUBLE,
                "pressure",
                Map.of(
                        "long_name",
                        "time of the latest map, from the origin of time",
                        "units",
                        layout.elapsed()));
        for (String name : List.of("map_temperature", "map_u", "map_v")) {
            file.findVariable(name).addAttribute(new Attribute("_FillValue", Float.NaN));
        }
        file.findVariable("map_time").addAttribute(new Attribute("_FillValue", Double.NaN));
    }
}
