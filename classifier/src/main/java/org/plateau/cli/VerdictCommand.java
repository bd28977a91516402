package org.plateau.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import org.plateau.equilibration.EquilibrationSettings;
import org.plateau.equilibration.Estimates;
import org.plateau.netcdf.NetcdfInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plateau verdict}: the equilibration test over a series that is already there. */
@Command(
        name = "verdict",
        description =
                "Runs the equilibration test over a column of numbers as it would have gone online,"
                        + " and prints the final verdict and every change of it.",
        mixinStandardHelpOptions = true)
final class VerdictCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description =
                    "Text with one sample per line (header optional; empty or NaN: missing) or a"
                            + " netCDF file; -: text from standard input.")
    private Path file;

    @Option(
            names = "--column",
            paramLabel = "NAME|K",
            description =
                    "Column by name, or by number from 1; for netCDF the variable, of one dimension"
                            + " (others of length 1 do not count).")
    private String column;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description =
                    "Tolerated change over the horizon, in the column's unit. Default: half the"
                            + " standard deviation of what is retained.")
    private Double tolerance;

    @Option(
            names = "--horizon",
            paramLabel = "N",
            description =
                    "Samples over which the change must stay within the tolerance. Default: the"
                            + " window, that is as many as are retained.")
    private Double horizon;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "0.01",
            description =
                    "Chance, over the whole run, of a claim while the series drifts by just the"
                            + " tolerance (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        VerdictHistory history = new VerdictHistory(settings());
        read(history::add);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(document(history)));
        } else {
            lines(history, out);
        }
        out.flush();
        return 0;
    }

    private EquilibrationSettings settings() {
        if (tolerance != null && !(tolerance > 0 && tolerance < 1e300)) {
            throw new IllegalArgumentException("expected a --tolerance above 0, got " + tolerance);
        }
        if (horizon != null && !(horizon > 0 && horizon < 1e300)) {
            throw new IllegalArgumentException("expected a --horizon above 0, got " + horizon);
        }
        if (!(alpha > 1e-9 && alpha < 0.5)) {
            throw new IllegalArgumentException(
                    "expected an --alpha between 1e-9 and 0.5, got " + alpha);
        }
        return EquilibrationSettings.DEFAULT
                .withTolerance(tolerance == null ? 0 : tolerance, 0)
                .withHorizon(horizon == null ? 0 : horizon)
                .withAlpha(alpha);
    }

    private void read(DoubleConsumer sink) throws IOException {
        boolean standard = file.toString().equals("-");
        if (!standard && (!Files.isReadable(file) || Files.isDirectory(file))) {
            String found =
                    Files.isDirectory(file)
                            ? "a directory"
                            : Files.exists(file) ? "one that may not be read" : "none";
            throw new IllegalArgumentException(
                    file + ": expected a file of numbers, found " + found);
        }
        // Opened once: what has been read of a pipe does not come again.
        try (InputStream opened = standard ? System.in : Files.newInputStream(file);
                PushbackInputStream in = new PushbackInputStream(opened, NetcdfInput.START)) {
            byte[] start = in.readNBytes(NetcdfInput.START);
            in.unread(start);
            if (!NetcdfInput.recognises(start)) {
                String name = standard ? "standard input" : file.toString();
                NumberColumn.read(in, name, column, sink);
            } else if (!standard && Files.isRegularFile(file)) {
                NetcdfColumn.read(file, column, sink);
            } else {
                throw new IllegalArgumentException(
                        "expected a netCDF file by its name, got one through a pipe");
            }
        }
    }

    private static ObjectNode document(VerdictHistory history) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        VerdictHistory.Entry last = history.last();
        Estimates e = history.estimates();
        root.put("verdict", last.verdict().name());
        root.put("since", last.since());
        put(root, "mean", e == null ? Double.NaN : e.mean());
        put(root, "standardError", e == null ? Double.NaN : e.standardError());
        put(root, "inefficiency", e == null ? Double.NaN : e.inefficiency());
        put(root, "driftBound", e == null ? Double.NaN : e.driftBound());
        put(root, "tolerance", e == null ? Double.NaN : e.tolerance());
        put(root, "horizon", e == null ? Double.NaN : e.horizon());
        VerdictHistory.details(last.verdict()).forEach((k, v) -> put(root, k, v));
        root.put("samples", history.samples());
        root.put("missing", history.missing());
        ArrayNode changes = root.putArray("history");
        for (VerdictHistory.Entry entry : history.changes()) {
            ObjectNode node = changes.addObject();
            node.put("sample", entry.sample());
            node.put("verdict", entry.verdict().name());
            node.put("since", entry.since());
        }
        return root;
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private static void lines(VerdictHistory history, PrintWriter out) {
        for (VerdictHistory.Entry entry : history.changes()) {
            out.printf(Locale.ROOT, "%10d  %s%n", entry.sample(), entry.text());
        }
        VerdictHistory.Entry last = history.last();
        out.printf(
                Locale.ROOT,
                "after %d samples (%d missing): %s%n",
                history.samples(),
                history.missing(),
                last.text());
        Estimates e = history.estimates();
        if (e != null) {
            out.printf(
                    Locale.ROOT,
                    "mean %.6g +- %.2g (inefficiency %.3g); change over %.6g samples at most %.3g,"
                            + " tolerated %.3g%n",
                    e.mean(),
                    e.standardError(),
                    e.inefficiency(),
                    e.horizon(),
                    e.driftBound(),
                    e.tolerance());
        }
    }
}
