package org.plateau.runcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.ModelCalendar;
import org.plateau.field.ModelTime;
import org.plateau.field.TimeUnits;
import org.plateau.runcontrol.RestartCheck.Found;
import org.plateau.runcontrol.RestartCheck.Result;

class RestartCheckTest {
    private static final Instant ASKED = Instant.parse("2026-01-01T00:00:00Z");
    private static final ModelTime LAST =
            new ModelTime(
                    30, TimeUnits.of("days since 2000-01-01", ModelCalendar.named("360_day")));

    @TempDir private Path top;
    private Path directory;

    @BeforeEach
    void theRunDirectoryLiesInTheModels() throws IOException {
        directory = Files.createDirectory(top.resolve("plateau"));
    }

    private void restart(String name, int secondsAfter) throws IOException {
        Path file = Files.writeString(top.resolve(name), "content");
        Files.setLastModifiedTime(file, FileTime.from(ASKED.plusSeconds(secondsAfter)));
    }

    private Found found(RestartSettings settings, double number, String units) {
        return new RestartCheck(
                        settings, directory, (file, name) -> new RestartTimes.Value(number, units))
                .look(ASKED, LAST)
                .orElseThrow();
    }

    private static RestartSettings timed(String units) {
        return new RestartSettings("../restart_*.nc", "time", units, 0, "");
    }

    private static final RestartSettings DATED =
            new RestartSettings("../restart_*.nc", "", "", 0, "ndastp");

    @Test
    void nothingIsLookedForUnlessTheSettingsSayWhat() {
        RestartCheck check = new RestartCheck(RestartSettings.NONE, directory, null);
        assertTrue(check.look(ASKED, LAST).isEmpty());
    }

    @Test
    void aRestartFromBeforeTheStopIsNone() throws IOException {
        restart("restart_1.nc", -60);
        assertEquals(Result.NONE, found(timed(""), 30, "days since 2000-01-01").result());
    }

    @Test
    void theNewestRestartMustBeOfTheLastOutputsTimeOrLater() throws IOException {
        restart("restart_1.nc", 10);
        restart("restart_2.nc", 20);
        Found good = found(timed(""), 720, "hours since 2000-01-01");
        assertEquals(Result.GOOD, good.result());
        assertTrue(good.detail().contains("restart_2.nc"), good.detail());
        Found early = found(timed(""), 696, "hours since 2000-01-01");
        assertEquals(Result.WRONG_TIME, early.result());
        assertTrue(early.detail().contains("2000-01-30"), early.detail());
    }

    @Test
    void unitsThatTheFileDoesNotGiveComeFromTheSettings() throws IOException {
        restart("restart_1.nc", 10);
        double month = 30 * 86_400;
        assertEquals(Result.GOOD, found(timed("seconds since 2000-01-01"), month, "").result());
        assertEquals(Result.UNREADABLE, found(timed(""), month, "").result());
    }

    /** As DYNAMICO's: its restart holds the number of the time step. */
    @Test
    void aNumberOfStepsIsATimeOnceTheLengthOfAStepIsKnown() throws IOException {
        restart("restart_icosa.nc", 10);
        restart("restartfi.nc", 20);
        RestartSettings steps =
                new RestartSettings("../{restart,restart_icosa}.nc", "iteration", "", 864, "");
        Found good = found(steps, 3000, "");
        assertEquals(Result.GOOD, good.result(), good.detail());
        assertTrue(good.detail().contains("restart_icosa.nc of 2000-02-01"), good.detail());
        assertEquals(Result.WRONG_TIME, found(steps, 2999, "").result());
    }

    @Test
    void aDateAsANumberStandsForAnyTimeOfItsDay() throws IOException {
        restart("restart_1.nc", 10);
        assertEquals(Result.GOOD, found(DATED, 20000130, "").result());
        assertEquals(Result.GOOD, found(DATED, 20000201, "").result());
        assertEquals(Result.WRONG_TIME, found(DATED, 20000129, "").result());
    }

    @Test
    void aFileThatCannotBeReadIsNotGood() throws IOException {
        restart("restart_1.nc", 10);
        RestartCheck check =
                new RestartCheck(
                        DATED,
                        directory,
                        (file, name) -> {
                            throw new IOException("cut off");
                        });
        Found found = check.look(ASKED, LAST).orElseThrow();
        assertEquals(Result.UNREADABLE, found.result());
        assertTrue(found.detail().contains("cut off"), found.detail());
    }
}
