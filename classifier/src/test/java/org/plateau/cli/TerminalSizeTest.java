package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalSizeTest {
    @Test
    void sttysLinesAndColumnsAreUnderstoodAndATerminalThatDoesNotKnowIsNot() {
        assertEquals(Optional.of(new TerminalSize(132, 50)), TerminalSize.said("50 132\n"));
        assertEquals(Optional.empty(), TerminalSize.said("0 0\n"));
        assertEquals(Optional.empty(), TerminalSize.said(""));
    }

    @Test
    void theEnvironmentsNumbersAreTakenAndItsRubbishIsNot() {
        assertEquals(
                new TerminalSize(100, 24),
                TerminalSize.named(Map.of("COLUMNS", "100", "LINES", "-3")));
        assertEquals(TerminalSize.USUAL, TerminalSize.named(Map.of()));
        assertTrue(TerminalSize.USUAL.isEnough());
        assertFalse(new TerminalSize(59, 24).isEnough());
    }
}
