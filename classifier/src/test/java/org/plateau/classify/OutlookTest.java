package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plateau.equilibration.Verdict;
import org.plateau.runcontrol.Snapshot;
import org.plateau.runcontrol.StopMode;
import org.plateau.runcontrol.StopPolicy;
import org.plateau.runcontrol.StopSettings;
import org.plateau.settings.SettingsFile;

class OutlookTest {
    private static final Verdict STEADY = new Verdict.Equilibrated(1, 0, 1, 0.1, 2, 0.1);

    private static StopSettings settings(double minimumElapsed, Set<String> metrics) {
        return new StopSettings(
                StopMode.ADVISE,
                new StopPolicy(List.of(), false, metrics, Set.of("equilibrated"), minimumElapsed),
                3,
                Duration.ofHours(1),
                1,
                Duration.ZERO,
                List.of(),
                StopSettings.read(SettingsFile.parse("t", "{}")).restart());
    }

    private static Snapshot snapshot(Verdict first, Verdict second) {
        return new Snapshot(
                100,
                40,
                Instant.EPOCH,
                true,
                List.of(new Snapshot.Level(100, false, false, Map.of("a", first, "b", second))));
    }

    /** Half a day and two seconds from output to output. */
    private static Pace pace() {
        Pace pace = new Pace();
        for (int i = 0; i < 200; i++) {
            pace.add(i * 0.5, i * 2);
        }
        return pace;
    }

    private static Outlook of(StopSettings stop, Verdict first, Verdict second, int held) {
        return Outlook.of(stop, snapshot(first, second), 64, held, pace());
    }

    @Test
    void theSeriesThatNeedsMostDecides() {
        Outlook outlook =
                of(
                        settings(0, Set.of()),
                        new Verdict.Undecided(30.2),
                        new Verdict.Undecided(120),
                        0);
        assertEquals(120, outlook.outputs());
        assertEquals(
                "would stop in about 120 more outputs, 60 d, 4 min at this pace", outlook.text());
    }

    @Test
    void metricsThatWereNotAskedForDoNotCount() {
        Outlook outlook = of(settings(0, Set.of("a")), STEADY, new Verdict.WarmingUp(), 1);
        assertEquals(2, outlook.outputs(), "two of the three outputs in a row are left");
    }

    @Test
    void aTestThatHasNotBegunGivesALeast() {
        Outlook outlook = of(settings(0, Set.of()), new Verdict.Insufficient(20, 0, 44), STEADY, 0);
        assertTrue(outlook.text().startsWith("would stop after at least 44 more outputs"));
    }

    @Test
    void aDriftOrATransientHasNoForeseeableEnd() {
        Outlook outlook =
                of(settings(0, Set.of()), new Verdict.Drifting(1, 2), new Verdict.Undecided(5), 0);
        assertTrue(Double.isInfinite(outlook.outputs()));
        assertEquals(
                "no end can be foreseen: 1 of 2 series that are not steady yet still drift or warm"
                        + " up",
                outlook.text());
        assertEquals(null, outlook.report(pace()).get("outputs"));
    }

    @Test
    void theLeastModelTimeIsWaitedFor() {
        assertEquals(120, of(settings(100, Set.of()), STEADY, STEADY, 3).outputs());
    }

    @Test
    void durationsAreSaidInUnitsThatPeopleUse() {
        assertEquals("90 s", Outlook.duration(90));
        assertEquals("15 min", Outlook.duration(900));
        assertEquals("2 h 30 min", Outlook.duration(9000));
        assertEquals("3 d 2 h", Outlook.duration(3 * 86400 + 7300));
    }
}
