package org.plateau.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plateau.regimes.Regime;

/**
 * What a network's directory says about itself, in {@code descriptor.json}.
 *
 * @param format of this description, 1
 * @param network SHA-256 of the ONNX file: the network's name in results
 * @param files SHA-256 of every file beside the descriptor
 * @param rows of the grid
 * @param columns of the grid
 * @param channels of the input, in order
 * @param scalars of the input, in order
 * @param outputs in order: one per regime, then nothing recognised
 * @param calibration of the outputs
 * @param likeness statistics of the training maps
 * @param probe outputs for {@link ProbeMaps}, as the network gave them where it was trained; every
 *     engine is held to them
 * @param training seed, threads and data it came from, for people
 */
public record NetworkDescriptor(
        int format,
        String network,
        Map<String, String> files,
        int rows,
        int columns,
        List<String> channels,
        List<String> scalars,
        List<String> outputs,
        Calibration calibration,
        Likeness likeness,
        float[] probe,
        JsonNode training) {

    public static final int FORMAT = 1;

    /** Names of the outputs that this version knows. */
    public static List<String> knownOutputs() {
        List<String> names = new ArrayList<>();
        for (Regime regime : Regime.values()) {
            names.add(regime.name().toLowerCase(Locale.ROOT));
        }
        names.add("nothing");
        return List.copyOf(names);
    }

    /**
     * Refuses a network that this version would misread.
     *
     * @throws IllegalArgumentException naming what differs
     */
    void check(String where) {
        expect(where, "format", FORMAT, format);
        expect(where, "rows", NetworkGrid.GRID.nlat(), rows);
        expect(where, "columns", NetworkGrid.GRID.nlon(), columns);
        expect(where, "channels", MapEncoder.CHANNEL_NAMES, channels);
        expect(where, "scalars", MapEncoder.SCALAR_NAMES, scalars);
        expect(where, "outputs", knownOutputs(), outputs);
    }

    private static void expect(String where, String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IllegalArgumentException(
                    where
                            + ": this version needs a network with "
                            + what
                            + " "
                            + expected
                            + ", found "
                            + found
                            + "; train one with plateau train");
        }
    }
}
