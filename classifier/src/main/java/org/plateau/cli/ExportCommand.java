package org.plateau.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.plateau.results.ResultsReader;
import org.plateau.results.ResultsTable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau export}: results as text. */
@Command(
        name = "export",
        description = {
            "Writes the results of a run, finished or still going, as text: one row per output time"
                    + " and level, from the top down.",
            "Columns: time, pressure, label (most probable horizontal regime), p_REGIME"
                    + " (probabilities), nothing (probability that no regime is recognised), unlike"
                    + " (0 like the training maps, 1 unlike), gap (why there is no label), verdict"
                    + " (on the level), for each metric NAME and NAME_verdict, and, where the whole"
                    + " column has metrics, column_verdict, column_NAME and"
                    + " column_NAME_verdict. Units stand in the heading of CSV and in the first line of JSON; missing values are empty"
                    + " and null.",
            "  plateau export plateau --csv --out run.csv"
        },
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    private static final int OUTPUTS_AT_ONCE = 64;

    /** How it is written. */
    static final class Form {
        @Option(names = "--csv", description = "Comma-separated values (default).")
        private boolean csv;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;
    }

    @Spec private CommandSpec spec;

    @Mixin private RunDirectory run;

    @ArgGroup(exclusive = true)
    private Form form = new Form();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "File to write, replaced if it is there (default: standard output).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Path file = run.results();
        if (out == null) {
            write(file, spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
            return 0;
        }
        if (Files.exists(out) && Files.exists(file) && Files.isSameFile(file, out)) {
            throw new IllegalArgumentException(
                    "--out: expected another file than the results, got " + out);
        }
        try (Writer writer = Files.newBufferedWriter(out)) {
            write(file, writer);
        }
        return 0;
    }

    private void write(Path file, Appendable to) {
        ResultsTable table =
                new ResultsTable(form.json ? ResultsTable.Form.JSON : ResultsTable.Form.CSV, to);
        ResultsReader.each(
                file,
                OUTPUTS_AT_ONCE,
                results -> {
                    try {
                        table.append(results);
                    } catch (IOException e) {
                        throw new UncheckedIOException(out + ": " + e.getMessage(), e);
                    }
                });
    }
}
