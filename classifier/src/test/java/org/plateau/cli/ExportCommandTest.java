package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import picocli.CommandLine;

class ExportCommandTest {
    private static final int OUTPUTS = 150;
    private static final int LEVELS = 3;

    @TempDir private Path run;
    private Results results;

    @BeforeEach
    void aRunWithGaps() {
        SyntheticResults.write(run.resolve("results.nc"), OUTPUTS, LEVELS);
        results = ResultsReader.read(run.resolve("results.nc"));
    }

    private static String export(int code, String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = Plateau.commandLine();
        line.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        String[] all = new String[arguments.length + 1];
        all[0] = "export";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertEquals(code, line.execute(all), text::toString);
        return text.toString();
    }

    @Test
    void csvHasARowForEveryTimeAndLevelWithUnitsInTheHeading() {
        List<String> lines = export(0, run.toString(), "--csv").lines().toList();
        assertEquals(1 + OUTPUTS * LEVELS, lines.size());
        assertTrue(
                lines.get(0)
                        .startsWith(
                                "\"time [days since 2000-01-01 00:00:00, calendar 360_day]\","
                                        + "pressure [Pa],label,p_asymmetric [1],p_banded [1]"),
                lines.get(0));
        assertTrue(lines.get(0).endsWith("superrotation_index [1],superrotation_index_verdict"));
        int columns = lines.get(1).split(",", -1).length;
        assertEquals(2 + 1 + 8 + 2 + 1 + 1 + 2 * 3, columns);
        assertTrue(lines.stream().skip(1).allMatch(l -> l.split(",", -1).length == columns));
        String[] last = lines.get(lines.size() - 1).split(",", -1);
        assertEquals(2.0 * OUTPUTS, Double.parseDouble(last[0]));
        assertEquals(results.pressure()[LEVELS - 1], Double.parseDouble(last[1]));
    }

    @Test
    void jsonSaysWhatTheResultsSayAndNullInAGap() throws IOException {
        Path file = run.resolve("run.json");
        export(0, run.resolve("results.nc").toString(), "--json", "--out", file.toString());
        List<String> lines = Files.readAllLines(file);
        ObjectMapper mapper = new ObjectMapper();
        assertEquals(
                "m s-1", mapper.readTree(lines.get(0)).path("units").path("rms_wind").asText());
        assertEquals(1 + OUTPUTS * LEVELS, lines.size());
        for (int i = 0; i < OUTPUTS * LEVELS; i++) {
            JsonNode row = mapper.readTree(lines.get(1 + i));
            int t = i / LEVELS;
            int level = i % LEVELS;
            assertEquals(results.time().values()[t], row.path("time").asDouble());
            boolean gap = results.gap()[t][level] != 0;
            assertEquals(gap, row.path("label").isNull());
            assertEquals(gap, row.path("p_night_side_hot_spot").isNull());
            assertEquals(
                    results.gapReasons().get(results.gap()[t][level]), row.path("gap").asText());
            assertEquals(
                    results.verdicts().get(results.verdict()[t][level][1]),
                    row.path("rms_wind_verdict").asText());
            if (!gap) {
                assertEquals(results.metricValue()[t][level][1], row.path("rms_wind").asDouble());
            }
        }
    }

    @Test
    void theColumnsMetricsAndVerdictsStandInEveryRowOfAnOutput() throws IOException {
        Path file = run.resolve("column.nc");
        SyntheticResults.writeWithColumn(file, OUTPUTS, LEVELS);
        List<String> lines = export(0, file.toString(), "--csv").lines().toList();
        assertTrue(
                lines.get(0)
                        .endsWith(
                                ",column_verdict,column_toa_balance [W m-2],"
                                        + "column_toa_balance_verdict"),
                lines.get(0));
        assertTrue(lines.get(1).endsWith(",undecided,4000.0,undecided"), lines.get(1));
        assertTrue(lines.get(1 + LEVELS).endsWith(",undecided,,undecided"));
        assertTrue(lines.get(OUTPUTS * LEVELS).endsWith(",equilibrated,,equilibrated"));
        List<String> rows = export(0, file.toString(), "--json").lines().toList();
        JsonNode row = new ObjectMapper().readTree(rows.get(LEVELS));
        assertEquals(4000.0, row.path("column_toa_balance").asDouble());
        assertEquals("undecided", row.path("column_verdict").asText());
    }

    @Test
    void aRunWithoutOutputsGivesTheHeadingAlone() {
        SyntheticResults.write(run.resolve("empty.nc"), 0, LEVELS);
        assertEquals(1, export(0, run.resolve("empty.nc").toString()).lines().count());
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        assertEquals(1, export(Plateau.USAGE, run.resolve("none").toString()).lines().count());
        Path young = Files.createDirectory(run.resolve("young"));
        assertEquals(1, export(Plateau.FAILED, young.toString()).lines().count());
        export(Plateau.USAGE, run.toString(), "--csv", "--json");
    }
}
