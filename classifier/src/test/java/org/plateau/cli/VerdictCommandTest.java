package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import ucar.ma2.Array;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

class VerdictCommandTest {

    @TempDir private Path directory;
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    private int run(String... words) {
        err.getBuffer().setLength(0);
        out.getBuffer().setLength(0);
        CommandLine line = Plateau.commandLine();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));
        String[] all = new String[words.length + 1];
        all[0] = "verdict";
        System.arraycopy(words, 0, all, 1, words.length);
        return line.execute(all);
    }

    private JsonNode json(String content, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("series.csv"), content);
        String[] words = new String[options.length + 2];
        words[0] = file.toString();
        words[1] = "--json";
        System.arraycopy(options, 0, words, 2, options.length);
        assertEquals(0, run(words), err.toString());
        return new ObjectMapper().readTree(out.toString());
    }

    private String fault(String content, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("series.csv"), content);
        String[] words = new String[options.length + 1];
        words[0] = file.toString();
        System.arraycopy(options, 0, words, 1, options.length);
        assertEquals(2, run(words));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        return err.toString();
    }

    private static String noise(int samples) {
        Random random = new Random(7);
        return IntStream.range(0, samples)
                .mapToObj(i -> "" + (20 + random.nextGaussian()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void saysWhenAndSinceWhen() throws IOException {
        JsonNode json = json(noise(2000));
        assertEquals("equilibrated", json.get("verdict").asText());
        assertEquals(20, json.get("mean").asDouble(), 5 * json.get("standardError").asDouble());
        assertEquals(2000, json.get("samples").asInt());
        JsonNode last = json.get("history").get(json.get("history").size() - 1);
        assertEquals("equilibrated", last.get("verdict").asText());
        assertEquals(json.get("since"), last.get("since"));
        assertTrue(json.get("driftBound").asDouble() <= json.get("tolerance").asDouble());
        assertEquals(0.5, json.get("tolerance").asDouble(), 0.05, "half a standard deviation");
        int retained = 2000 - json.get("since").asInt();
        assertEquals(retained, json.get("horizon").asDouble(), 16, "the window");
    }

    @Test
    void sinceAndSampleCountMissingLines() throws IOException {
        JsonNode whole = json(noise(2000));
        JsonNode late = json("\n".repeat(500) + noise(2000));
        assertEquals("equilibrated", late.get("verdict").asText());
        assertEquals(500, late.get("since").asInt(), 32, "to within a batch");
        JsonNode last = late.get("history").get(late.get("history").size() - 1);
        assertTrue(last.get("sample").asInt() >= 500 + 64, late.toString());
        assertEquals(2500, late.get("samples").asInt());
        assertEquals(whole.get("mean").asDouble(), late.get("mean").asDouble(), 0.1);
    }

    @Test
    void countsMissingLinesAndNoHeader() throws IOException {
        JsonNode json = json("temperature\n1\n\nNaN\n4\n");
        assertEquals(4, json.get("samples").asInt());
        assertEquals(2, json.get("missing").asInt());
        assertEquals("insufficient", json.get("verdict").asText());
        assertTrue(json.get("since").isNull());
    }

    @Test
    void aHeaderChangesNothing() throws IOException {
        assertEquals(json(noise(1500)), json("x\n" + noise(1500)));
        assertEquals(json(noise(1500)), json("# x\n" + noise(1500)));
        assertEquals(json(noise(1500)), json(noise(1500).replace("\n", "\r\n")));
    }

    @Test
    void takesAColumnByNameOrNumber() throws IOException {
        String table = "time,\"T\",u\n0,5,1\n1,6,2\n2,,3\n3,8,4\n";
        assertEquals(1, json(table, "--column", "T").get("missing").asInt());
        assertEquals(1, json(table, "--column", "2").get("missing").asInt());
        assertEquals(0, json(table, "--column", "3").get("missing").asInt());
    }

    @Test
    void readsTablesAsPeopleWriteThem() throws IOException {
        String quoted = "\"time, s\",\"T, K\"\n0,5\n1,6\n2,\"7\"\n";
        assertEquals(3, json(quoted, "--column", "T, K").get("samples").asInt());
        String comma = "t;Q\n0;5,25\n1;6,5\n2;\n";
        assertEquals(1, json(comma, "--column", "Q").get("missing").asInt());
        String tabs = "a\tb\n\t1\n\t2\n3\t\n";
        assertEquals(1, json(tabs, "--column", "b").get("missing").asInt());
        assertEquals(2, json(tabs, "--column", "a").get("missing").asInt());
        String blanks = "   t      Q\n   1   5.0\n  10   6.0\n 100   *****\n";
        assertEquals(1, json(blanks, "--column", "Q").get("missing").asInt());
        Path latin = directory.resolve("latin.csv");
        Files.write(latin, "T [\u00b0C]\n1\n2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(0, run(latin.toString()), err.toString());
        Path wide = directory.resolve("wide.csv");
        Files.write(wide, "1\n2\n".getBytes(StandardCharsets.UTF_16));
        assertEquals(2, run(wide.toString()));
        assertTrue(err.toString().contains("expected lines of text"), err.toString());
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        assertTrue(fault("x\n1\n2\nfoo\n").contains("series.csv:4: expected a number"));
        assertTrue(fault("").contains("expected numbers, found none"));
        assertTrue(fault("no number\n").contains("expected numbers, found none below a heading"));
        assertTrue(fault("a,b\n1,2\n").contains("say which with --column"));
        assertTrue(fault("a,b\n1,2\n", "--column", "c").contains("got c"));
        assertTrue(fault("1\n", "--tolerance", "-1").contains("expected a --tolerance above 0"));
        assertTrue(fault("1\n", "--alpha", "2").contains("expected an --alpha"));
        assertEquals(2, run(directory.resolve("none").toString()));
        assertTrue(
                err.toString().contains("none: expected a file of numbers, found none"), "" + err);
        assertEquals(2, run(directory.toString()));
        assertTrue(err.toString().contains("found a directory"), "" + err);
    }

    @Test
    void aFailedCellOfASpreadsheetIsAMissingSampleAndNoComment() throws IOException {
        JsonNode json = json("#N/A\n1\n#DIV/0!\n# a comment\n2\n-nan(ind)\n<NA>\n");
        assertEquals(6, json.get("samples").asInt());
        assertEquals(4, json.get("missing").asInt());
        JsonNode second = json("a,b\n#N/A,1\n2,#NUM!\n3,4\n", "--column", "b");
        assertEquals(3, second.get("samples").asInt());
        assertEquals(1, second.get("missing").asInt());
    }

    @Test
    void twoQuotationMarksInAQuotedFieldAreOne() throws IOException {
        String table = "\"time\",\"the \"\"odd\"\" one\"\n0,1\n1,\"\"\n";
        JsonNode json = json(table, "--column", "the \"odd\" one");
        assertEquals(2, json.get("samples").asInt());
        assertEquals(1, json.get("missing").asInt());
    }

    @Test
    void aNameOfTwoColumnsAsksForANumberAndAThousandNamesAreNotListed() throws IOException {
        String twice = fault("a,b,a\n1,2,3\n", "--column", "a");
        assertTrue(twice.contains("columns 1 and 3") && twice.contains("number"), twice);
        String names =
                IntStream.range(0, 1000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String wide = fault(names + "\n" + "1,".repeat(999) + "1\n");
        assertTrue(wide.contains("(1000 in all)") && wide.length() < 300, wide);
    }

    @Test
    void theNumbersOfACycleSayThatItDoesNotDrift() throws IOException {
        Random random = new Random(7);
        JsonNode json =
                json(
                        IntStream.range(0, 8000)
                                .mapToObj(
                                        i ->
                                                ""
                                                        + (2 * Math.sin(2 * Math.PI * i / 600)
                                                                + random.nextGaussian()))
                                .collect(Collectors.joining("\n")));
        assertEquals("cyclic", json.get("verdict").asText());
        assertTrue(json.get("driftBound").asDouble() < json.get("tolerance").asDouble());
        assertTrue(json.get("standardError").asDouble() < 0.05, json.toString());
        assertEquals(0, json.get("mean").asDouble(), 4 * json.get("standardError").asDouble());
    }

    @Test
    void missingEverywhereIsInsufficient() throws IOException {
        JsonNode json = json("NaN\n".repeat(500));
        assertEquals("insufficient", json.get("verdict").asText());
        assertEquals(500, json.get("missing").asInt());
    }

    @Test
    void aPipeGivesEveryByteAndMinusIsStandardInput() throws Exception {
        String content = "1234.5\n" + noise(1500);
        JsonNode whole = json(content);
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Thread writer =
                new Thread(
                        () -> {
                            try {
                                Files.writeString(pipe, content, StandardOpenOption.WRITE);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        writer.start();
        assertEquals(0, run(pipe.toString(), "--json"), err.toString());
        writer.join();
        assertEquals(whole, new ObjectMapper().readTree(out.toString()));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, run("-", "--json"), err.toString());
        } finally {
            System.setIn(before);
        }
        assertEquals(whole, new ObjectMapper().readTree(out.toString()));
    }

    @Test
    void aFirstLineOfDatesAndNumbersIsASampleAndNoHeader() throws IOException {
        String dates = "2000-01-01 00:00,5,1\n2000-01-02 00:00,6,2\n";
        assertEquals(2, json(dates, "--column", "2").get("samples").asInt());
        assertEquals(2, json("date,5,1\n" + dates, "--column", "5").get("samples").asInt());
    }

    @Test
    void fortransExponentsOfThreeDigitsAndWhatNoNumberCanHoldAreRead() throws IOException {
        String text = "1.5D+02\n0.25-100\n-1.5+100\n1e400\n-Infinity\n";
        JsonNode json = json(text + "1.5e100\n".repeat(100));
        assertEquals(105, json.get("samples").asInt());
        assertEquals(2, json.get("missing").asInt());
        assertTrue(json.get("mean").asDouble() > 1e99, json.toString());
    }

    /** As cdo's fldmean leaves them, packed, and more of them than are read at once. */
    @Test
    void packedValuesAreUnpackedAndDimensionsOfLengthOneDoNotCount() throws Exception {
        Path file = directory.resolve("packed.nc");
        int count = 70_000;
        NetcdfFileWriter writer =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, file.toString());
        writer.addDimension(null, "lat", 1);
        writer.addDimension(null, "time", count);
        writer.addDimension(null, "bounds", 2);
        Variable v = writer.addVariable(null, "T", DataType.SHORT, "lat time");
        v.addAttribute(new Attribute("scale_factor", 0.1));
        v.addAttribute(new Attribute("add_offset", 300.0));
        v.addAttribute(new Attribute("_FillValue", (short) -1));
        writer.addVariable(null, "time_bounds", DataType.DOUBLE, "time bounds");
        writer.create();
        short[] values = new short[count];
        Random random = new Random(5);
        for (int i = 0; i < count; i++) {
            values[i] = (short) (i % 1000 == 0 ? -1 : 100 + 20 * random.nextGaussian());
        }
        writer.write(v, Array.factory(DataType.SHORT, new int[] {1, count}, values));
        writer.close();
        assertEquals(0, run(file.toString(), "--json"), err.toString());
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(count, json.get("samples").asInt());
        assertEquals(70, json.get("missing").asInt());
        assertEquals(310, json.get("mean").asDouble(), 0.2);
        assertEquals(2, run(file.toString(), "--column", "time_bounds"));
        assertTrue(err.toString().contains("[T], got time_bounds"), err.toString());
    }

    @Test
    void readsAVariableOfANetcdfFile() throws IOException, InvalidRangeException {
        Path file = directory.resolve("series.nc");
        double[] values = new Random(3).doubles(1500).toArray();
        values[10] = -999;
        NetcdfFileWriter writer =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, file.toString());
        writer.addDimension(null, "time", values.length);
        Variable v = writer.addVariable(null, "energy", DataType.DOUBLE, "time");
        v.addAttribute(new Attribute("_FillValue", -999.0));
        writer.create();
        writer.write(v, Array.factory(DataType.DOUBLE, new int[] {values.length}, values));
        writer.close();
        assertEquals(0, run(file.toString(), "--json", "--column", "energy"), err.toString());
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(1, json.get("missing").asInt());
        assertEquals(0.5, json.get("mean").asDouble(), 0.05);
    }

    @Test
    void whatWasNeverWrittenAndWhatIsOutOfRangeIsMissing() throws Exception {
        Path file = directory.resolve("holes.nc");
        NetcdfFileWriter writer =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, file.toString());
        writer.addDimension(null, "time", 4);
        Variable never = writer.addVariable(null, "never", DataType.FLOAT, "time");
        Variable range = writer.addVariable(null, "range", DataType.INT, "time");
        range.addAttribute(new Attribute("valid_range", List.of(0, 100)));
        Variable marks = writer.addVariable(null, "marks", DataType.DOUBLE, "time");
        marks.addAttribute(new Attribute("missing_value", List.of(-1.0, -2.0)));
        writer.create();
        writer.write(
                never,
                Array.factory(DataType.FLOAT, new int[] {4}, new float[] {1, 0x1.ep122f, 3, 4}));
        writer.write(
                range, Array.factory(DataType.INT, new int[] {4}, new int[] {1, -5, 100, 101}));
        writer.write(
                marks, Array.factory(DataType.DOUBLE, new int[] {4}, new double[] {-1, -2, -3, 0}));
        writer.close();
        assertEquals(1, missing(file, "never"));
        assertEquals(2, missing(file, "range"));
        assertEquals(2, missing(file, "marks"));
    }

    private int missing(Path file, String column) throws IOException {
        assertEquals(0, run(file.toString(), "--json", "--column", column), err.toString());
        return new ObjectMapper().readTree(out.toString()).get("missing").asInt();
    }
}
