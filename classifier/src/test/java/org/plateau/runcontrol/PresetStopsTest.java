package org.plateau.runcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.ModelCalendar;
import org.plateau.field.ModelTime;
import org.plateau.field.TimeUnits;
import org.plateau.settings.ModelPreset;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;

/** What the models' presets say about ending a run, carried out with the programs they name. */
class PresetStopsTest {
    @TempDir private Path top;

    private StopSettings stop(String model, String more) throws IOException {
        Path file = Files.writeString(top.resolve("x.yaml"), "model: " + model + "\n" + more);
        SettingsNode root = SettingsFile.load(file);
        return StopSettings.read(root.section("stop"));
    }

    /** A program that writes down how it was called. */
    private void program(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(
                file, "#!/bin/sh\nprintf '%s\\n' \"$@\" >" + top.resolve("called") + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(AdapterSettings adapter, String... environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(adapter.command()).redirectErrorStream(true);
        builder.environment().remove("SLURM_JOB_NAME");
        builder.environment().merge("PATH", top.toString(), (path, own) -> own + ":" + path);
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    @Test
    void everyPresetOnlyAdvisesUntilTheUserSaysOtherwise() throws IOException {
        for (ModelPreset preset : ModelPreset.all()) {
            assertEquals(StopMode.ADVISE, stop(preset.name(), "").mode(), preset.name());
        }
    }

    @Test
    void dynamicosStopCancelsThePendingJobsOfTheChainAndNoOther() throws Exception {
        AdapterSettings adapter = stop("dynamico", "").adapters().get(0);
        program(top, "scancel");
        assertEquals(0, run(adapter, "SLURM_JOB_NAME", "hot jupiter"));
        List<String> called = Files.readAllLines(top.resolve("called"));
        assertEquals(
                List.of(
                        "--state=PENDING",
                        "--user=" + System.getProperty("user.name"),
                        "--name=hot jupiter"),
                called);
    }

    @Test
    void outsideAJobDynamicosStopFailsAndCancelsNothing() throws Exception {
        AdapterSettings adapter = stop("dynamico", "").adapters().get(0);
        program(top, "scancel");
        assertNotEquals(0, run(adapter));
        assertFalse(Files.exists(top.resolve("called")));
    }

    @Test
    void dynamicosRestartIsItsDynamicsNotItsPhysics() throws IOException {
        Instant asked = Instant.parse("2026-01-01T00:00:00Z");
        ModelTime last =
                new ModelTime(
                        5, TimeUnits.of("days since 2000-01-01", ModelCalendar.named("360_day")));
        Path run = Files.createDirectories(top.resolve("model/plateau"));
        Path physics = Files.writeString(top.resolve("model/restartfi.nc"), "x");
        Files.setLastModifiedTime(physics, FileTime.from(asked.plusSeconds(9)));
        RestartSettings untimed = stop("dynamico", "").restart();
        assertEquals(RestartCheck.Result.NONE, look(untimed, run, asked, last).result());
        Path dynamics = Files.writeString(top.resolve("model/restart_icosa.nc"), "x");
        Files.setLastModifiedTime(dynamics, FileTime.from(asked.plusSeconds(5)));
        RestartCheck.Found found = look(untimed, run, asked, last);
        assertEquals(RestartCheck.Result.GOOD, found.result());
        assertTrue(found.detail().endsWith("restart_icosa.nc"), found.detail());
        String timed = "stop: {restart: {time: iteration, step: 69.12 s}}";
        RestartSettings steps = stop("dynamico", timed).restart();
        assertEquals(RestartCheck.Result.GOOD, look(steps, run, asked, last).result());
    }

    /** The restart holds 6,250 steps of 69.12 s, which are five days. */
    private static RestartCheck.Found look(
            RestartSettings settings, Path run, Instant asked, ModelTime last) {
        return new RestartCheck(settings, run, (f, name) -> new RestartTimes.Value(6250, ""))
                .look(asked, last)
                .orElseThrow();
    }

    @Test
    void cesmsStopTellsTheCaseNotToSubmitItselfAgain() throws Exception {
        AdapterSettings adapter = stop("cesm-exocam", "").adapters().get(0);
        Path root = Files.createDirectory(top.resolve("case"));
        program(root, "xmlchange");
        assertEquals(0, run(adapter, "CASEROOT", root.toString()));
        assertEquals(List.of("RESUBMIT=0"), Files.readAllLines(top.resolve("called")));
        assertNotEquals(0, run(adapter, "CASEROOT", top.resolve("none").toString()));
    }
}
