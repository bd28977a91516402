package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.plateau.doctor.Finding.Level;

class GpuCheckTest {
    private static final Programs NONE = new MadeUpPrograms();
    private static final Programs ONE =
            new MadeUpPrograms().with("nvidia-smi", 0, "NVIDIA A100, 535.1, 40960 MiB\n");

    private static Finding found(String device, Programs programs) {
        return new GpuCheck(device, programs).findings().get(0);
    }

    @Test
    void withoutAGpuTheCpuIsUsed() {
        assertEquals("ok       no GPU: the CPU is used", found("auto", NONE).line());
    }

    @Test
    void aGpuThatIsAskedForMustBeThere() {
        assertEquals(Level.PROBLEM, found("cuda:0", NONE).level());
        assertEquals(Level.PROBLEM, found("cuda:1", ONE).level());
    }

    @Test
    void aGpuIsNamed() {
        assertEquals("GPU: NVIDIA A100, 535.1, 40960 MiB", found("cuda:0", ONE).what());
    }

    @Test
    void aDriverThatDoesNotAnswerIsNoGpu() {
        Programs broken = new MadeUpPrograms().with("nvidia-smi", 9, "no devices were found\n");
        assertEquals(Level.OK, found("auto", broken).level());
    }

    @Test
    void theCpuIsUsedWhenAskedFor() {
        assertEquals(Level.OK, found("cpu", ONE).level());
    }
}
