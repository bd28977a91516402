package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatusCommandTest {
    private static final String STATUS =
            """
            {"run":"hot Jupiter with a long name of its own","state":"running","outputs":99,
             "modelTime":{"value":49.5,"units":"days since 2000-01-01 00:00:00"},
             "levels":[
              {"pressure":100.0,"required":true,"regime":"locked","probability":1,
               "verdict":"equilibrated"},
              {"pressure":18738.17422860384,"required":true,"regime":"butterfly",
               "probability":0.97,"verdict":"warming-up"},
              {"pressure":1e7,"required":false,"regime":"nothing recognised","unlike":0.7,
               "probability":0.21,"verdict":"insufficient"}],
             "run_verdict":{"verdict":"not equilibrated",
              "missing":["rms_wind warming-up at 0.187 bar","kinetic_energy warming-up at 0.187 bar"]},
             "account":{"written":405,"used":297,"metadata":106,"pending":2}}
            """;

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ObjectNode status;

    @BeforeEach
    void running() throws IOException {
        status = (ObjectNode) new ObjectMapper().readTree(STATUS);
        status.put("wall", Instant.now().toString());
        status.put("lastOutput", Instant.now().minusSeconds(200).toString());
    }

    private int status(String... words) throws IOException {
        Files.writeString(directory.resolve("status.json"), status.toString());
        CommandLine line = Plateau.commandLine();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));
        String[] all = new String[words.length + 1];
        all[0] = "status";
        System.arraycopy(words, 0, all, 1, words.length);
        return line.execute(all);
    }

    @Test
    void theHeadSaysHowOldTheLastOutputIsAndTheVerdictWhatItIsAbout() throws IOException {
        assertEquals(0, status(directory.toString()));
        String text = out.toString().replaceAll("\\s+", " ");
        assertTrue(text.contains("running at 49.5 days, 99 outputs; last output 3 min ago"), text);
        assertTrue(
                text.contains(
                        "the 2 of 3 levels in stop.levels: not equilibrated; waiting for"
                                + " rms_wind warming-up at 0.187 bar and 1 more"),
                text);
    }

    @Test
    void eightyLevelsFitOneScreenWhereNeighboursAgreeAndEachIsThereOnRequest() throws IOException {
        ArrayNode levels = status.putArray("levels");
        for (int l = 0; l < 80; l++) {
            levels.addObject()
                    .put("pressure", 100 * Math.pow(10, 5 * l / 79.0))
                    .put("regime", l < 20 ? "locked" : l < 50 ? "butterfly" : "banded")
                    .put("probability", 1 - 0.001 * l)
                    .put("verdict", l < 40 ? "equilibrated" : "drifting");
        }
        assertEquals(0, status(directory.toString()));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.size() <= 24, out.toString());
        assertTrue(
                lines.stream()
                        .anyMatch(l -> l.matches("0\\.0184 bar.* 20 +butterfly .*0.96 equil.*")),
                out.toString());
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, status("--levels", directory.toString()));
        assertTrue(out.toString().lines().count() > 80, out.toString());
        levels.forEach(l -> ((ObjectNode) l).put("regime", "r" + l.path("pressure").asInt()));
        out.getBuffer().setLength(0);
        assertEquals(0, status(directory.toString()));
        assertTrue(out.toString().lines().count() <= 24, out.toString());
        assertTrue(out.toString().contains("(several)"), out.toString());
    }

    @Test
    void noLineIsLongerThan80ColumnsAndWhatIsUnderWayIsNotLost() throws IOException {
        status(directory.toString());
        out.toString().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(out.toString().contains("under way 2"), out.toString());
    }

    @Test
    void forScriptsTheStatusIsOneLineOfJsonAndNothingElse() throws IOException {
        assertEquals(0, status(directory.toString(), "--json"));
        assertEquals(1, out.toString().lines().count(), out.toString());
        assertEquals(status, new ObjectMapper().readTree(out.toString()));
        assertEquals("", err.toString());
    }

    @Test
    void aStatusThatNobodyRefreshesSaysSo() throws IOException {
        status(directory.toString());
        assertTrue(!out.toString().contains("the classifier has ended or hangs"), out.toString());
        status.put("wall", Instant.now().minusSeconds(7200).toString());
        status(directory.toString());
        assertTrue(
                out.toString().contains("this is 2.0 h old: the classifier has ended or hangs"),
                out.toString());
    }

    @Test
    void theRunIsNamedAsAnArgumentAsAnOptionOrByItsResults() throws IOException {
        assertEquals(0, status(directory.toString()));
        assertEquals(0, status("-r", directory.toString()));
        Path results = Files.createFile(directory.resolve("results.nc"));
        assertEquals(0, status(results.toString()));
        assertEquals(2, status(directory.toString(), "-r", directory.toString()));
        assertTrue(err.toString().contains("expected one of RUN_DIR"), err.toString());
    }

    @Test
    void aVetoIsSaidAlsoWhereAStopHadBeenDecided() throws IOException {
        status.putObject("stop").put("vetoed", true);
        assertEquals(0, status(directory.toString()));
        assertTrue(out.toString().contains("under a veto: nothing stops this run"), out.toString());
        status.putObject("stop").put("vetoed", true).put("decided", true).put("by", "policy");
        assertEquals(0, status(directory.toString()));
        String said = out.toString().replaceAll("\\s+", " ");
        assertTrue(said.contains("decided at equilibrium, and a veto holds it back"), said);
    }

    @Test
    void aRunDirectoryThatThereIsNotIsNamed() throws IOException {
        assertEquals(2, status(directory.resolve("nowhere").toString()));
        assertTrue(
                err.toString().contains("expected a run directory, found no " + directory),
                err.toString());
    }

    @Test
    void beforeTheFirstOutputItSaysThatThereIsNone() throws IOException {
        status.removeAll();
        status.put("run", "r").put("state", "running");
        status.putObject("run_verdict").put("verdict", "not equilibrated");
        assertEquals(0, status(directory.toString()));
        assertTrue(out.toString().startsWith("r: running, no output seen yet"), out.toString());
    }
}
