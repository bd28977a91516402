package org.plateau.assembly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plateau.message.ElementType;
import org.plateau.message.RecordView;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;
import org.plateau.settings.SettingsNode;

/** What becomes of units between the records and what everybody behind the intake gets. */
class UnitReaderTest {
    private static final String FLUX = "toa_outgoing_longwave_flux";

    private final Account account = new Account();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Map<String, Field> written = new HashMap<>();

    private final AssemblyListener listener =
            new AssemblyListener() {
                @Override
                public void step(Step step) {
                    steps.add(step);
                    settle(step.writes());
                }

                @Override
                public void written(String metric, Field field, List<Write> writes) {
                    written.put(metric, field);
                    settle(writes);
                }

                @Override
                public void coordinate(RecordView record) {}

                @Override
                public void notice(String kind, String text) {
                    notices.add(kind + ": " + text);
                }

                private void settle(List<Write> writes) {
                    writes.forEach(w -> account.settle(w.source(), w.sequence(), Outcome.USED, ""));
                }
            };

    private static SettingsNode input(String text) {
        return SettingsFile.parse("test.yaml", "input: {" + text + "}").section("input");
    }

    private void assemble(ModelFile file, String settings) {
        InputNames names = InputNames.read(input(settings)).with(Set.of("co2"), Set.of(FLUX));
        Assembler assembler = new Assembler(AssemblySettings.DEFAULT, names, account, listener);
        long index = 0;
        for (var record : file.records()) {
            assembler.accept(Records.view(record), index++);
        }
        assembler.finish();
        assertEquals(0, account.total().pending());
    }

    /** Two outputs of T, u and v over one latitude and two longitudes; an empty unit: none. */
    private static ModelFile model(String temperature, String wind, String time) {
        return outputs(described(temperature, wind, time));
    }

    private static ModelFile described(String temperature, String wind, String time) {
        ModelFile file = new ModelFile(1, "/r/out.nc").dimension("lat", 1).dimension("lon", 2);
        file.variable("T", ElementType.FLOAT, "time lat lon", units(temperature))
                .variable("u", ElementType.FLOAT, "time lat lon", units(wind))
                .variable("v", ElementType.FLOAT, "time lat lon", units(wind))
                .variable("time", ElementType.DOUBLE, "time", units(time));
        return file;
    }

    private static ModelFile outputs(ModelFile file) {
        for (int r = 0; r < 2; r++) {
            file.put("T", r, 26.85, 100).put("u", r, 10, 20).put("v", r, 0, -5);
            file.put("time", r, 3.0 * r);
        }
        return file;
    }

    /** With another attribute of the days that it counts. */
    private static ModelFile dated(String attribute, Object value) {
        ModelFile file = described("K", "m s-1", "");
        Object[] of = {"units", "days since 2000-01-01", attribute, value};
        return outputs(file.variable("time", ElementType.DOUBLE, "time", of));
    }

    private static Object[] units(String unit) {
        return unit.isEmpty() ? new Object[0] : new Object[] {"units", unit};
    }

    private float[] values(int step, Role role) {
        return steps.get(step).fields().get(role).values(0, 2);
    }

    @Test
    void behindTheIntakeEverythingIsInSi() {
        assemble(model("degC", "km h-1", "days since 2000-01-01"), "");
        assertEquals(2, steps.size());
        assertArrayEquals(new float[] {300, 373.15f}, values(1, Role.TEMPERATURE), 1e-4f);
        assertArrayEquals(new float[] {10 / 3.6f, 20 / 3.6f}, values(0, Role.EASTWARD_WIND), 1e-6f);
        assertEquals("K", steps.get(0).fields().get(Role.TEMPERATURE).unit());
        assertEquals(List.of(), notices);
    }

    @Test
    void aCalendarThatNobodyKnowsIsSaidOnceAndItsTimesCountDays() {
        assemble(dated("calendar", "martian"), "");
        assertEquals(2, steps.size());
        assertEquals(3 * 86400.0, steps.get(1).time().seconds() - steps.get(0).time().seconds());
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(
                notices.get(0).contains("time of /r/out.nc: calendar: expected one of CF's")
                        && notices.get(0).contains("found 'martian'"),
                notices.get(0));
    }

    @Test
    void monthsOfNoLengthAreSaidAndItsTimesCountDays() {
        assemble(dated("month_lengths", 0.0), "");
        assertEquals(2, steps.size());
        assertEquals(1, notices.size(), notices.toString());
        assertTrue(notices.get(0).contains("month_lengths"), notices.get(0));
    }

    @Test
    void packedNumbersAreUnpackedBeforeTheyAreConverted() {
        ModelFile file = model("K", "m s-1", "days since 2000-01-01");
        file.variable(
                "T",
                ElementType.SHORT,
                "time lat lon",
                "units",
                "degC",
                "scale_factor",
                0.01,
                "add_offset",
                20,
                "_FillValue",
                -999);
        file.put("T", 2, 685, -999).put("u", 2, 1, 1).put("v", 2, 1, 1).put("time", 2, 6.0);
        assemble(file, "");
        assertArrayEquals(new float[] {300, Float.NaN}, values(2, Role.TEMPERATURE), 1e-3f);
    }

    @Test
    void whatHasNoUnitCountsAsSiAndIsMentionedOnce() {
        assemble(model("", "m/s", "days since 2000-01-01"), "");
        assertArrayEquals(new float[] {26.85f, 100}, values(0, Role.TEMPERATURE), 0);
        assertEquals(1, notices.size(), notices::toString);
        assertTrue(notices.get(0).contains("found none: taken as K"), notices::toString);
    }

    @Test
    void aUnitOfAnotherKindMakesGapsThatSaySoAndOneLine() {
        assemble(model("m s-1", "m/s", "days since 2000-01-01"), "");
        assertEquals(2, steps.size());
        for (Step step : steps) {
            assertEquals(Absence.UNIT, step.absence(), step.detail());
            assertEquals("temperature: unit not understood", step.detail());
        }
        assertEquals(1, notices.size(), notices::toString);
        assertTrue(
                account.total().reasons().containsKey("orphan: its unit is none of its quantity"),
                account.total()::toString);
    }

    @Test
    void timesThatCountStepsWithoutTheirLengthAreNoTimes() {
        assemble(model("K", "m/s", "timesteps"), "");
        assertEquals(List.of(), steps);
        assertEquals(1, notices.size(), notices::toString);
        assertTrue(notices.get(0).contains("input.timeStep"), notices::toString);
        assertEquals(
                6L,
                account.total().reasons().get("orphan: its time has no unit of time"),
                account.total()::toString);
    }

    @Test
    void withTheirLengthTheyAre() {
        assemble(model("K", "m/s", "timesteps"), "timeStep: 20 min");
        assertEquals(2, steps.size());
        assertEquals(3600, steps.get(1).time().seconds() - steps.get(0).time().seconds(), 1e-9);
    }

    @Test
    void fluxesBecomeWattsPerSquareMetreAndWhatIsNamedStaysAsItIs() {
        ModelFile file = described("K", "m/s", "days since 2000-01-01");
        file.variable(
                        "olr",
                        ElementType.DOUBLE,
                        "time lat lon",
                        "units",
                        "erg cm-2 s-1",
                        "standard_name",
                        FLUX)
                .variable("co2", ElementType.DOUBLE, "time", "units", "ppm");
        file.put("olr", 0, 240e3, 250e3).put("co2", 0, 400.0);
        assemble(outputs(file), "");
        assertEquals("W m-2", written.get(FLUX).unit());
        assertArrayEquals(new float[] {240, 250}, written.get(FLUX).values(0, 2), 1e-4f);
        assertEquals("ppm", written.get("co2").unit());
        assertArrayEquals(new float[] {400}, written.get("co2").values(0, 1), 0);
    }

    @Test
    void theSubstellarLongitudeMayBeInRadians() {
        ModelFile file = described("K", "m/s", "days since 2000-01-01");
        file.variable("subsolar", ElementType.DOUBLE, "time", "units", "radian");
        file.put("subsolar", 0, Math.PI / 2);
        assemble(outputs(file), "substellarLongitude: subsolar");
        Field first = steps.get(0).fields().get(Role.TEMPERATURE);
        assertEquals(90, first.substellarLongitude().orElseThrow(), 1e-9);
    }

    @Test
    void settingsWithAUnitOfAnotherKindStopTheStart() {
        String said =
                assertThrows(
                                SettingsException.class,
                                () -> InputNames.read(input("units: {temperature: m s-1}")))
                        .getMessage();
        assertTrue(said.contains("expected a unit that converts to K, found 'm s-1'"), () -> said);
        assertThrows(SettingsException.class, () -> InputNames.read(input("timeStep: -5 s")));
    }
}
