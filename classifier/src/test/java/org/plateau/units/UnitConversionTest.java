package org.plateau.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units as models write them, to those that the network and the metrics want. */
class UnitConversionTest {
    private static double converted(double number, String from, String to) {
        return UnitConversion.between(from, to).orElseThrow().of(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"K", "k", "kelvin", "Kelvin", "degK", "deg_k", "deg_K", "degrees_K"})
    void kelvinsStayWhatTheyAreToTheLastBit(String unit) {
        assertTrue(UnitConversion.between(unit, "K").orElseThrow().isNone(), unit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "degC",
                "C",
                "°C",
                "celsius",
                "Celsius",
                "deg_C",
                "deg C",
                "degree_C",
                "degrees_C",
                "degree_Celsius",
                "degrees Celsius",
                "centigrade"
            })
    void waterFreezesAtZeroCelsiusHoweverThatIsSpelt(String unit) {
        assertEquals(273.15, converted(0, unit, "K"), 1e-9);
        assertEquals(373.15, converted(100, unit, "K"), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"degF", "F", "fahrenheit", "Fahrenheit", "degrees_F", "deg F"})
    void waterFreezesAt32Fahrenheit(String unit) {
        assertEquals(273.15, converted(32, unit, "K"), 1e-9);
        assertEquals(373.15, converted(212, unit, "K"), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "m s-1, 1",
        "m/s, 1",
        "m/sec, 1",
        "m s**-1, 1",
        "m s^-1, 1",
        "m.s-1, 1",
        "m·s-1, 1",
        "m s^{-1}, 1",
        "ms-1, 1",
        "meter second-1, 1",
        "cm s-1, 0.01",
        "cm/s, 0.01",
        "km s-1, 1000",
        "km h-1, 0.277777777777778",
        "km/h, 0.277777777777778",
        "km/hr, 0.277777777777778",
        "kmh, 0.277777777777778",
        "kph, 0.277777777777778",
        "knot, 0.514444444444444",
        "knots, 0.514444444444444",
        "kt, 0.514444444444444",
        "kts, 0.514444444444444",
        "mph, 0.44704"
    })
    void windsBecomeMetresPerSecond(String unit, double metresPerSecond) {
        assertEquals(metresPerSecond, converted(1, unit, "m s-1"), 1e-6 * metresPerSecond);
    }

    @ParameterizedTest
    @CsvSource({
        "Pa, 1",
        "pascal, 1",
        "N m-2, 1",
        "N/m2, 1",
        "kg m-1 s-2, 1",
        "hPa, 100",
        "mb, 100",
        "mbar, 100",
        "mbars, 100",
        "millibar, 100",
        "millibars, 100",
        "kPa, 1e3",
        "dbar, 1e4",
        "bar, 1e5",
        "bars, 1e5",
        "MPa, 1e6",
        "atm, 101325",
        "dyn cm-2, 0.1",
        "dyn/cm2, 0.1",
        "ubar, 0.1",
        "µbar, 0.1",
        "microbar, 0.1",
        "torr, 133.322"
    })
    void pressuresBecomePascals(String unit, double pascals) {
        assertEquals(pascals, converted(1, unit, "Pa"), 1e-5 * pascals);
    }

    @Test
    void fluxesAnglesHeightsAndTimesAreReadToo() {
        assertEquals(1e-3, converted(1, "erg cm-2 s-1", "W m-2"), 1e-12);
        assertEquals(1, converted(1, "W/m^2", "W m-2"), 0);
        assertEquals(1, converted(1, "W m**-2", "W m-2"), 0);
        assertEquals(180, converted(Math.PI, "radian", "degree"), 1e-9);
        assertEquals(1, converted(1, "degrees_east", "degree"), 0);
        assertEquals(1000, converted(1, "km", "m"), 0);
        assertEquals(604800, converted(1, "week", "s"), 0);
    }

    @Test
    void whatIsOfAnotherKindOrUnknownConvertsToNothing() {
        assertEquals(Optional.empty(), UnitConversion.between("m s-1", "K"));
        assertEquals(Optional.empty(), UnitConversion.between("K", "m s-1"));
        assertEquals(Optional.empty(), UnitConversion.between("level", "Pa"));
        assertEquals(Optional.empty(), UnitConversion.between("timesteps", "s"));
        assertEquals(Optional.empty(), UnitConversion.between("iterations", "s"));
        assertEquals(Optional.empty(), UnitConversion.between("furlongs per", "m s-1"));
        assertEquals(Optional.empty(), UnitConversion.between("%%", "K"));
        assertEquals(Optional.empty(), UnitConversion.between("", "Pa"));
    }
}
