package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlateauTest {
    @Test
    void anErrorOfTheJavaMachineIsAFailureInOneLineAndNoAnswer() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code =
                Plateau.guarded(
                        () -> {
                            throw new OutOfMemoryError("Java heap\nspace");
                        },
                        new PrintStream(said, true, StandardCharsets.UTF_8));
        String text = said.toString(StandardCharsets.UTF_8);
        assertEquals(Plateau.FAILED, code);
        assertEquals(1, text.lines().count(), text);
        assertTrue(text.contains("OutOfMemoryError: Java heap space"), text);
    }
}
