package org.plateau.equilibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final List<Verdict> ALL =
            List.of(
                    new Verdict.Insufficient(7, 2.5, 57),
                    new Verdict.WarmingUp(),
                    new Verdict.Undecided(Double.POSITIVE_INFINITY),
                    new Verdict.Drifting(-3, 4),
                    new Verdict.Cyclic(10, 11, 37, 2, 300),
                    new Verdict.Equilibrated(10, 11, 300, 0.1, 2, 0.5),
                    new Verdict.Revoked(90, 80, Verdict.Change.CYCLE),
                    new Verdict.Degenerate(288.15));

    @Test
    void everyVerdictHasItsNameInOutputsAndItsCodeInFiles() {
        List<String> names = new ArrayList<>();
        for (Verdict verdict : ALL) {
            assertEquals(names.size(), verdict.code());
            assertEquals(verdict.code(), Verdict.code(verdict.name()));
            names.add(verdict.name());
        }
        assertEquals(
                List.of(
                        "insufficient",
                        "warming-up",
                        "undecided",
                        "drifting",
                        "cyclic",
                        "equilibrated",
                        "revoked",
                        "degenerate"),
                names);
        assertEquals(Verdict.class.getPermittedSubclasses().length, names.size());
    }

    @Test
    void onlyEquilibratedAndCyclicClaimASteadySeries() {
        assertEquals(
                List.of("cyclic", "equilibrated"),
                ALL.stream().filter(Verdict::settled).map(Verdict::name).toList());
    }

    @Test
    void everyNumberOfAVerdictComesBackFromASavedState() {
        for (Verdict verdict : ALL) {
            ByteBuffer bytes = ByteBuffer.allocate(VerdictBytes.BYTES);
            VerdictBytes.save(verdict, bytes);
            assertEquals(0, bytes.remaining());
            assertEquals(verdict, VerdictBytes.restore(bytes.flip()));
        }
        ByteBuffer strange = ByteBuffer.allocate(VerdictBytes.BYTES).put(0, (byte) 8);
        assertThrows(IllegalArgumentException.class, () -> VerdictBytes.restore(strange));
    }
}
