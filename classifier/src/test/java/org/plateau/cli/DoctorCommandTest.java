package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import ucar.ma2.DataType;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;

class DoctorCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();

    private int doctor(String... arguments) {
        CommandLine line = Plateau.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        String[] all = new String[arguments.length + 1];
        all[0] = "doctor";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }

    /** Settings whose sessions and folders are all in the test's own. */
    private Path settings(String more) throws IOException {
        String text =
                """
                run:
                  directory: %1$s/run
                session:
                  directory: %1$s/shm/session
                queue:
                  directory: %1$s/queue
                """;
        Files.createDirectories(folder.resolve("shm"));
        return Files.writeString(folder.resolve("plateau.yaml"), text.formatted(folder) + more);
    }

    @Test
    void everyLineSaysItsLevelAndTheLastWhetherARunWouldWork() throws IOException {
        int code = doctor("--settings", settings("").toString());
        String[] lines = out.toString().split("\\R");
        for (int i = 0; i < lines.length - 1; i++) {
            assertTrue(lines[i].matches("(ok|note|problem) +\\S.*"), lines[i]);
        }
        boolean works = lines[lines.length - 1].equals("A run would work.");
        assertEquals(works ? 0 : 1, code, out::toString);
    }

    @Test
    void aWrongSettingIsAProblemInTheLaunchsOwnWords() throws IOException {
        int code = doctor("--settings", settings("hook:\n  ring: 1 B\n").toString());
        assertEquals(1, code);
        assertTrue(out.toString().contains("expected 1 MiB or more"), out::toString);
    }

    @Test
    void aModelThatIsNotThereIsAProblem() throws IOException {
        int code =
                doctor(
                        "--settings",
                        settings("").toString(),
                        "--model",
                        folder.resolve("none.exe").toString());
        assertEquals(1, code);
        assertTrue(out.toString().contains("none.exe: expected an executable"), out::toString);
    }

    private Path output(String time) throws IOException {
        Path file = folder.resolve("out.nc");
        NetcdfFileWriter nc =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, file.toString());
        nc.addUnlimitedDimension("time");
        nc.addDimension(null, "lat", 512);
        nc.addDimension(null, "lon", 1024);
        nc.addVariable(null, "time", DataType.DOUBLE, "time")
                .addAttribute(new Attribute("units", time));
        nc.addVariable(null, "T", DataType.FLOAT, "time lat lon");
        nc.addVariable(null, "debug", DataType.FLOAT, "time lat lon");
        nc.addVariable(null, "lat", DataType.FLOAT, "lat");
        nc.create();
        nc.close();
        return file;
    }

    @Test
    void anOutputFileTellsHowLargeTheRingsMustBe() throws IOException {
        String file = output("days since 2000-01-01").toString();
        doctor("--settings", settings("hook:\n  variables: [T]\n").toString(), "--output", file);
        assertTrue(
                out.toString().contains("out.nc: 4 MiB per output time and writing process"),
                out::toString);
        int code =
                doctor(
                        "--settings",
                        settings("hook:\n  ring: 2 MiB\n").toString(),
                        "--output",
                        file);
        assertEquals(1, code);
        assertTrue(out.toString().contains("set hook.ring to 16 MiB"), out::toString);
    }

    @Test
    void timesOfAnOutputThatNobodyCanReadAreAProblemBeforeTheRun() throws IOException {
        String file = output("timesteps").toString();
        int code = doctor("--settings", settings("").toString(), "--output", file);
        assertEquals(1, code);
        assertTrue(
                out.toString()
                        .matches(
                                "(?s).*problem +time of \\S*out.nc: expected units of time.*found"
                                        + " 'timesteps'.*input.timeStep.*"),
                out::toString);
    }

    @Test
    void wrongUsageIsNeitherAnswer() {
        assertEquals(Plateau.USAGE, doctor("--nonsense"));
    }
}
