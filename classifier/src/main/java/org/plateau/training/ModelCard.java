package org.plateau.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plateau.network.NetworkDescriptor;
import org.plateau.plot.FigureFile;
import org.plateau.plot.Medium;
import org.plateau.plot.ReliabilityDiagram;

/**
 * Writes the page that says where a network comes from and how far it can be trusted, and its
 * reliability diagram.
 */
final class ModelCard {

    /** Folder and name of the diagram, without its ending. */
    private static final String IMAGES = "images";

    private static final String DIAGRAM = "reliability";
    private static final double MILLIMETRES = 110;
    private static final int SHORT = 12;

    private final StringBuilder page = new StringBuilder();

    private ModelCard() {}

    /**
     * @param network its name in results
     */
    static void write(Path file, String network, JsonNode origin, Map<String, Evaluation> judged)
            throws IOException {
        ModelCard card = new ModelCard();
        card.origin(network, origin);
        card.heldOut(judged.get("held-out"), origin.path("presetsHeldOut").asBoolean());
        card.varied(judged.get("held-out, varied"));
        card.rejects("Noise maps", judged.get("noise"));
        if (judged.containsKey("earth-like")) {
            card.rejects("A planet that is not tidally locked", judged.get("earth-like"));
        }
        Files.writeString(file, card.page.toString());
        FigureFile.write(
                new ReliabilityDiagram(
                        List.of(
                                curve("held-out runs", judged.get("held-out")),
                                curve("the same, varied", judged.get("held-out, varied")))),
                Medium.screen(MILLIMETRES),
                FigureFile.Format.PNG,
                file.resolveSibling(IMAGES),
                DIAGRAM);
    }

    private static ReliabilityDiagram.Curve curve(String name, Evaluation evaluation) {
        return new ReliabilityDiagram.Curve(
                name,
                evaluation.reliability().stream()
                        .map(b -> new ReliabilityDiagram.Bin(b.count(), b.probability(), b.share()))
                        .toList());
    }

    private void origin(String network, JsonNode origin) {
        line("# Model card");
        line("");
        line(
                "Written by `plateau train`. All figures are those of that training, which made"
                        + " network `%s`.",
                network.substring(0, SHORT));
        line("");
        line(
                "Labels the circulation regimes of one pressure level of a tidally locked planet's"
                        + " atmosphere. A convolutional network (two convolutions, three dense"
                        + " layers) sees temperature, both winds and dT/dln(p), each normalised per"
                        + " map, on 36 x 72 cells centred on the substellar point, and beside them"
                        + " the relative amplitude of temperature and the wind against the"
                        + " gravity-wave speed.");
        line("");
        line("## Where it comes from");
        line("");
        line(
                "Maps of minigcm, a stacked shallow-water model (`native/minigcm/sweep.sh`), with"
                        + " labels computed by `org.plateau.regimes.RegimeScores`: no person has"
                        + " labelled anything. The regimes are those of Sainsbury-Martinez et al."
                        + " 2023 (ApJ 958:68) and a night-side hot spot. Made by `plateau train"
                        + " --seed %s --threads %s` with %s; %s batches of %s samples, of which 14"
                        + " in 20 are varied maps of runs, 2 maps as they are, 3 random patterns (all"
                        + " labelled by the same formulas) and 1 noise (labelled as nothing). Varied"
                        + " is: hemispheres exchanged, mixed with another level, the pattern drifted"
                        + " eastward or westward as a zonal wind does it, a zonal wind of up to three"
                        + " times the layer's own on top, bands against waves, amplitude, vertical"
                        + " gradient, grid noise (`org.plateau.training.Augmentation`).",
                origin.path("seed").asText(),
                origin.path("threads").asText(),
                origin.path("natives").asText(),
                origin.path("batches").asText(),
                origin.path("batchSize").asText());
        line("");
        line(
                "Runs are shared out whole: %d to train on (%s distinct maps), %d others to calibrate"
                        + " probabilities and the score \"unlike training\", %d held out for the"
                        + " figures below (%s).",
                origin.path("trained").size(),
                origin.path("distinctMaps").asText(),
                origin.path("calibrated").size(),
                origin.path("heldOut").size(),
                String.join(", ", names(origin.path("heldOut"))));
        line("");
    }

    private static List<String> names(JsonNode runs) {
        List<String> names = new java.util.ArrayList<>();
        runs.forEach(run -> names.add(run.asText()));
        return names;
    }

    private void heldOut(Evaluation test, boolean byPreset) {
        line("## On held-out runs");
        line("");
        line(
                byPreset
                        ? "Presets that appear nowhere in training or calibration."
                        : "**Runs of presets that were also trained on**: the data had no preset to"
                                + " hold out.");
        line(
                "%d maps. A label holds where its computed score is at least 0.5, and is said where"
                        + " its probability is. Macro-F1 over the regimes that occur: **%.3f**."
                        + " Expected calibration error: **%.3f**. Unlike training (score above 0.5):"
                        + " %.1f %%.",
                test.maps(), test.macroF1(), test.calibrationError(), 100 * test.unlike());
        line("");
        lines(test);
        line("What the network says (columns, per cent) of maps whose label holds (rows):");
        line("");
        confusion(test);
        line(
                "Reliability, all regimes together (the diagram has the varied maps of the next"
                        + " section too):");
        line("");
        line("![Reliability diagram](%s/%s.png)", IMAGES, DIAGRAM);
        line("");
        line("| probability | maps | mean probability | share that holds |");
        line("|---|---|---|---|");
        for (Evaluation.Bin bin : test.reliability()) {
            line(
                    "| %.1f-%.1f | %d | %.3f | %.3f |",
                    bin.low(), bin.low() + 0.1, bin.count(), bin.probability(), bin.share());
        }
        line("");
    }

    private void lines(Evaluation evaluation) {
        line("| output | holds | said | precision | recall | F1 | calibration error |");
        line("|---|---|---|---|---|---|---|");
        for (Evaluation.Line one : evaluation.outputs()) {
            line(
                    "| %s | %d | %d | %.3f | %.3f | %s | %.3f |",
                    Names.words(one.output()),
                    one.holds(),
                    one.said(),
                    one.precision(),
                    one.recall(),
                    one.holds() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", one.f1()),
                    one.calibrationError());
        }
        line("");
    }

    private void confusion(Evaluation test) {
        List<String> outputs = NetworkDescriptor.knownOutputs();
        StringBuilder head = new StringBuilder("| |");
        outputs.forEach(output -> head.append(' ').append(Names.words(output)).append(" |"));
        line("%s", head);
        line("|---%s", "|---".repeat(outputs.size()) + "|");
        for (int i = 0; i < outputs.size(); i++) {
            StringBuilder row = new StringBuilder("| " + Names.words(outputs.get(i)) + " |");
            for (double share : test.confusion()[i]) {
                row.append(String.format(Locale.ROOT, " %.0f |", 100 * share));
            }
            line("%s", row);
        }
        line("");
    }

    private void varied(Evaluation varied) {
        line("## The same runs, varied");
        line("");
        line(
                "The held-out runs with the changes that training knows, labelled afresh: %d maps,"
                        + " many of them between regimes. Macro-F1 **%.3f**, expected calibration"
                        + " error **%.3f**, unlike training %.1f %%.",
                varied.maps(), varied.macroF1(), varied.calibrationError(), 100 * varied.unlike());
        line("");
        lines(varied);
    }

    private void rejects(String title, Evaluation evaluation) {
        line("## %s", title);
        line("");
        line(
                "Maps of another kind than it was made for: no locked, butterfly or jet here is right. %d maps, of which %.1f %% are called unlike training.",
                evaluation.maps(), 100 * evaluation.unlike());
        line("");
        lines(evaluation);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void line(String format, Object... values) {
        page.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
