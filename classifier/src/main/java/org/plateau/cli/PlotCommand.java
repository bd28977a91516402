package org.plateau.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.plateau.plot.CategorisationMap;
import org.plateau.plot.Figure;
import org.plateau.plot.FigureFile;
import org.plateau.plot.FigureFile.Format;
import org.plateau.plot.Levels;
import org.plateau.plot.MapPanels;
import org.plateau.plot.Medium;
import org.plateau.plot.Metrics;
import org.plateau.plot.Palette;
import org.plateau.plot.PlotStyle;
import org.plateau.plot.PressureUnit;
import org.plateau.plot.SeriesPanels;
import org.plateau.results.MapArchive;
import org.plateau.results.Results;
import org.plateau.results.Results.LatestMaps;
import org.plateau.results.ResultsReader;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau plot}: pictures from a results file. */
@Command(
        name = "plot",
        description = {
            "Draws the categorisation map, labelled maps of single levels and the equilibration"
                    + " series of a run, finished or still going.",
            "  plateau plot plateau --format pdf --levels '2.6 mbar,16 mbar,0.2 bar,10 bar'"
        },
        mixinStandardHelpOptions = true)
public final class PlotCommand implements Callable<Integer> {
    /** Which figure to draw. */
    enum Kind {
        CATEGORIES,
        MAPS,
        SERIES
    }

    /** Where it will be looked at. */
    static final class Target {
        @Option(names = "--print", description = "For paper: small text, 300 dpi (default).")
        private boolean print;

        @Option(names = "--screen", description = "For screens and slides: large text, 150 dpi.")
        private boolean screen;
    }

    @Spec private CommandSpec spec;

    @Mixin private RunDirectory run;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where the pictures go (default: beside the results).")
    private Path out;

    @Option(
            names = {"-f", "--format"},
            split = ",",
            defaultValue = "png",
            description = "${COMPLETION-CANDIDATES}; several with commas (default: png).")
    private List<Format> formats;

    @Option(
            names = {"-k", "--kind"},
            split = ",",
            description = "${COMPLETION-CANDIDATES}; several with commas (default: all).")
    private List<Kind> kinds;

    @ArgGroup(exclusive = true)
    private Target target = new Target();

    @Option(
            names = "--width",
            paramLabel = "MM",
            description = "Width in millimetres (default: 170 for print, 254 for the screen).")
    private Double width;

    @Option(
            names = "--time",
            paramLabel = "T",
            description = "Show the run up to this model time, in the results' unit of time.")
    private Double time;

    @Option(
            names = "--levels",
            split = ",",
            paramLabel = "PRESSURE",
            description =
                    "Levels of the maps and series, such as '16 mbar,0.2 bar' (default: four"
                            + " spread over the logarithm of pressure).")
    private List<String> levels;

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "NAME",
            description = "Metrics of the series, such as rms_wind (default: four telling ones).")
    private List<String> metrics;

    @Option(
            names = "--palette",
            defaultValue = "SAFE",
            description =
                    "${COMPLETION-CANDIDATES}: told apart by colour-blind readers, or the colours"
                            + " of Sainsbury-Martinez et al. 2023 (default: ${DEFAULT-VALUE}).")
    private Palette palette;

    @Option(
            names = "--pressure-unit",
            defaultValue = "BAR",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PressureUnit pressureUnit;

    @Override
    public Integer call() throws IOException {
        Medium medium = medium();
        List<Double> pressures = pressures();
        Path file = run.results();
        Results results = ResultsReader.read(file);
        Path folder = out == null ? file.toAbsolutePath().getParent() : out;
        PrintWriter answers = spec.commandLine().getOut();
        for (Kind kind : kinds == null ? List.of(Kind.values()) : kinds) {
            Figure figure = figure(kind, results, pressures, file);
            String name =
                    switch (kind) {
                        case CATEGORIES -> "categorisation-map";
                        case MAPS -> "maps";
                        case SERIES -> "equilibration";
                    };
            for (Format format : formats) {
                answers.println(FigureFile.write(figure, medium, format, folder, name));
            }
        }
        return 0;
    }

    private Figure figure(Kind kind, Results results, List<Double> pressures, Path file) {
        PlotStyle style = new PlotStyle(palette, pressureUnit);
        List<Integer> chosen =
                pressures.isEmpty() ? Levels.spread(results, 4) : Levels.near(results, pressures);
        int until = results.lastOutput(time == null ? Double.POSITIVE_INFINITY : time);
        return switch (kind) {
            case CATEGORIES -> new CategorisationMap(results, until, style);
            case MAPS -> new MapPanels(maps(results, chosen, file), chosen, style);
            case SERIES ->
                    new SeriesPanels(
                            results,
                            chosen,
                            metrics == null
                                    ? Metrics.telling(results)
                                    : Metrics.named(results, metrics),
                            until,
                            style);
        };
    }

    /** The latest maps, or with --time those kept in maps.nc that are nearest to it. */
    private Results maps(Results results, List<Integer> shown, Path file) {
        if (time == null || results.maps() == null) {
            return results;
        }
        MapArchive archive = new MapArchive(file.resolveSibling(MapArchive.NAME));
        LatestMaps latest = results.maps();
        LatestMaps then =
                new LatestMaps(
                        latest.lat(),
                        latest.lon(),
                        latest.time().clone(),
                        latest.temperature().clone(),
                        latest.u().clone(),
                        latest.v().clone());
        for (int level : shown) {
            if (latest.time()[level] <= time) {
                continue;
            }
            MapArchive.Kept kept =
                    archive.nearest(results.pressure()[level], time)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "--time "
                                                            + time
                                                            + ": expected maps of past times in"
                                                            + " maps.nc beside the results, found"
                                                            + " none; leave --time out or choose"
                                                            + " other kinds with --kind"));
            then.time()[level] = kept.time();
            then.temperature()[level] = kept.map().temperature();
            then.u()[level] = kept.map().u();
            then.v()[level] = kept.map().v();
        }
        return results.with(then);
    }

    private List<Double> pressures() {
        List<Double> pressures = new ArrayList<>();
        for (String level : levels == null ? List.<String>of() : levels) {
            pressures.add(
                    SettingsFile.parse("--levels", "pressure: " + level)
                            .pressure("pressure", Double.NaN));
        }
        return pressures;
    }

    private Medium medium() {
        if (target.screen) {
            return Medium.screen(width == null ? 254 : width);
        }
        return Medium.print(width == null ? 170 : width);
    }
}
