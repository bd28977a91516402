package org.plateau.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.plateau.plot.FigureFile.Format;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

/** Writes every figure of an invented run into a folder, to be looked at. */
public final class Gallery {
    private Gallery() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path file = folder.resolve("results.nc");
        SyntheticResults.write(file, 180, 14);
        Results results = ResultsReader.read(file);
        SyntheticStatus.write(folder.resolve("status.json"), results);
        for (Palette palette : Palette.values()) {
            PlotStyle style = new PlotStyle(palette, PressureUnit.BAR);
            Figure map = new CategorisationMap(results, results.outputs() - 1, style);
            Figure panels = new MapPanels(results, List.of(1, 5, 8, 12), style);
            Figure series =
                    new SeriesPanels(
                            results,
                            List.of(1, 5, 8, 12),
                            List.of(0, 1),
                            results.outputs() - 1,
                            style);
            for (Format format : Format.values()) {
                for (double width : new double[] {85, 170}) {
                    String name = palette.name().toLowerCase(Locale.ROOT) + "-" + (int) width;
                    Medium medium = Medium.print(width);
                    FigureFile.write(map, medium, format, folder, "categories-" + name);
                    FigureFile.write(panels, medium, format, folder, "maps-" + name);
                    FigureFile.write(series, medium, format, folder, "series-" + name);
                }
            }
            FigureFile.write(map, Medium.screen(254), Format.PNG, folder, "categories-screen");
            FigureFile.write(panels, Medium.screen(254), Format.PNG, folder, "maps-screen");
        }
    }
}
