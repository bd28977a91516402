package org.plateau.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.regimes.Regime;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;

class DevicesTest {
    /** Notes the pressures that it was given and puts them into its labels. */
    private static final class Noting implements Engine {
        final List<Double> given = Collections.synchronizedList(new ArrayList<>());
        boolean closed;

        @Override
        public List<Classification> classify(List<LevelMap> batch, PlanetScales scales) {
            batch.forEach(map -> given.add(map.pressure()));
            return batch.stream()
                    .map(m -> new Classification(regimes(), (float) m.pressure(), 0))
                    .toList();
        }

        private static float[] regimes() {
            return new float[Regime.values().length];
        }

        @Override
        public String description() {
            return "notes";
        }

        @Override
        public Provenance provenance() {
            return new Provenance("n", "noting", "cpu", "none", 1);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static LevelMap map(int pressure) {
        float[] zero = new float[NetworkGrid.GRID.size()];
        return new LevelMap(NetworkGrid.GRID, pressure, zero, zero, zero, zero);
    }

    @Test
    void aLevelIsLabelledByTheSameDeviceInEveryOutputAndTheOrderStays()
            throws InterruptedException {
        Noting first = new Noting();
        Noting second = new Noting();
        try (Devices devices = new Devices(List.of(first, second))) {
            // Two outputs of levels 0 to 4, whose pressures are 10 to 14; the second lacks level 1.
            int[] levels = {0, 1, 2, 3, 4, 0, 2, 3, 4};
            List<LevelMap> maps = new ArrayList<>();
            for (int level : levels) {
                maps.add(map(10 + level));
            }
            DeviceBatch batch = devices.batch(8);
            assertEquals(0, batch.add(levels));
            for (int n = 0; n < levels.length; n++) {
                batch.put(n, maps.get(n), null);
            }
            devices.start(batch);
            assertTrue(batch.await(60_000));
            for (int n = 0; n < levels.length; n++) {
                assertEquals(10 + levels[n], batch.label(n).nothing());
            }
            assertEquals(List.of(10.0, 12.0, 14.0, 10.0, 12.0, 14.0), first.given);
            assertEquals(List.of(11.0, 13.0, 13.0), second.given);
            assertArrayEquals(new long[] {6, 3}, devices.labelled());
            assertEquals("cpu,cpu", devices.provenance().device());
            assertEquals("noting", devices.provenance().engine());
            assertTrue(devices.description().startsWith("2 devices, level k on device k modulo 2"));
        }
        assertTrue(first.closed && second.closed);
    }

    /** Levels 0, 2, 4 are the first device's alone, and it has room for two. */
    @Test
    void aBatchHasRoomAsLongAsEachDeviceHas() {
        try (Devices devices = new Devices(List.of(new Noting(), new Noting()))) {
            DeviceBatch batch = devices.batch(2);
            assertTrue(batch.fits(new int[] {0, 1, 2, 3}));
            assertFalse(batch.fits(new int[] {0, 2, 4}));
            batch.add(new int[] {0, 2});
            assertFalse(batch.fits(new int[] {4}));
            assertEquals(2, batch.add(new int[] {1}));
            batch.clear();
            assertTrue(batch.fits(new int[] {0, 2}));
        }
    }

    @Test
    void severalDevicesAreAListInTheSettings() {
        assertEquals(List.of("cuda:0", "cuda:1"), devices("[cuda:0, cuda:1]"));
        assertEquals(List.of("auto"), devices("auto"));
        SettingsException wrong =
                assertThrows(SettingsException.class, () -> devices("[auto, cuda:1]"));
        assertTrue(wrong.getMessage().contains("'auto,cuda:1'"), wrong.getMessage());
    }

    private static List<String> devices(String text) {
        return NetworkSettings.read(
                        SettingsFile.parse("t.yaml", "network: {device: " + text + "}")
                                .section("network"))
                .byDevice()
                .stream()
                .map(NetworkSettings::device)
                .toList();
    }
}
