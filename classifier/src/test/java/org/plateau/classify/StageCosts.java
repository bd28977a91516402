package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.plateau.assembly.Account;
import org.plateau.assembly.Assembler;
import org.plateau.assembly.AssemblyListener;
import org.plateau.assembly.Field;
import org.plateau.assembly.Step;
import org.plateau.assembly.Write;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.grid.Regridder;
import org.plateau.grid.SourceGrid;
import org.plateau.message.RecordView;
import org.plateau.metrics.Measured;
import org.plateau.metrics.Metrics;
import org.plateau.network.Classification;
import org.plateau.network.MapEncoder;
import org.plateau.network.NetworkGrid;
import org.plateau.regimes.Regime;
import org.plateau.results.MapHistory;
import org.plateau.results.Results;
import org.plateau.results.ResultsLayout;
import org.plateau.settings.SettingsFile;

/** What each part of the classifier takes of one thread, alone and with its data in the caches. */
final class StageCosts {
    private static final int TIMES = 100;

    private StageCosts() {}

    static int repeated(int times, Runnable batch) {
        for (int k = 0; k < times; k++) {
            batch.run();
        }
        return 64 * times;
    }

    /** Prints them. */
    static void say(List<ByteBuffer> records, List<LevelMap> maps) throws IOException {
        Classification label = new Classification(new float[Regime.values().length], 0, 0);
        StringBuilder line = new StringBuilder("one thread, us a map alone:");
        add(line, "assembly", () -> assembled(records));
        add(line, "regridding", StageCosts::regridded);
        add(
                line,
                "encoding into fresh memory",
                () -> repeated(TIMES, () -> MapEncoder.encode(maps, PlanetScales.HD_209458B)));
        add(line, "metrics", () -> repeated(TIMES, () -> maps.forEach(map -> measure(map, label))));
        add(line, "maps of past times", () -> kept(maps.subList(0, ThroughputTest.LEVELS)));
        System.out.println(line);
    }

    /** The least of some measurements, since other jobs only ever add to it. */
    private static void add(StringBuilder line, String stage, IntSupplier work) {
        double least =
                Stream.generate(() -> Cost.of(work))
                        .limit(5)
                        .mapToDouble(Cost::threads)
                        .min()
                        .orElseThrow();
        line.append(String.format(Locale.ROOT, " %s %.1f", stage, least));
    }

    private static double[] measure(LevelMap map, Classification label) {
        return Metrics.values(Measured.of(map, PlanetScales.HD_209458B).labelled(label));
    }

    private static int assembled(List<ByteBuffer> records) {
        ClassifierSettings settings = ClassifierSettings.read(SettingsFile.parse("t.yaml", ""));
        Assembler assembler =
                new Assembler(settings.assembly(), settings.inputs(), new Account(), new Nobody());
        RecordView view = new RecordView();
        for (int k = 0; k < records.size(); k++) {
            assembler.accept(view.on(records.get(k).duplicate()), k);
        }
        return ThroughputTest.OUTPUTS * ThroughputTest.LEVELS;
    }

    /** Temperature and wind of many levels. */
    private static int regridded() {
        double[] lat = new double[ThroughputTest.ROWS];
        double[] lon = new double[ThroughputTest.COLUMNS];
        Arrays.setAll(lat, i -> -90 + (i + 0.5) * 180.0 / lat.length);
        Arrays.setAll(lon, j -> j * 360.0 / lon.length);
        Regridder regridder =
                Regridder.between(new SourceGrid.Rectilinear(lat, lon), NetworkGrid.GRID, 0);
        float[] field = new float[lat.length * lon.length];
        for (int k = 0; k < field.length; k++) {
            field[k] = 1000 + k % 97;
        }
        return repeated(
                TIMES,
                () -> {
                    for (int n = 0; n < 64; n++) {
                        regridder.scalar(field);
                        regridder.wind(field, field);
                    }
                });
    }

    private static int kept(List<LevelMap> maps) {
        double[] pressure = new double[maps.size()];
        Arrays.setAll(pressure, k -> k + 1);
        ResultsLayout layout =
                new ResultsLayout(
                        "days since 2000-01-01",
                        "standard",
                        pressure,
                        List.of(),
                        List.<Results.Quantity>of(),
                        0,
                        List.of(),
                        List.of(),
                        NetworkGrid.GRID,
                        java.util.Map.of());
        try {
            Path folder = Files.createTempDirectory("maps");
            try (MapHistory history = new MapHistory(folder, 1L << 30, layout)) {
                for (int k = 0; k < TIMES; k++) {
                    history.put(k, k + 1.0, maps);
                }
            }
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TIMES * maps.size();
    }

    /** Takes the steps and lets them go. */
    private static final class Nobody implements AssemblyListener {
        @Override
        public void step(Step step) {
            step.release();
        }

        @Override
        public void written(String metric, Field field, List<Write> writes) {}

        @Override
        public void coordinate(RecordView record) {}

        @Override
        public void notice(String kind, String text) {}
    }
}
