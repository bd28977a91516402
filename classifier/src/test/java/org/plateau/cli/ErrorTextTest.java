package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void anExceptionThatOnlyNamesAFileSaysWhatIsWrongWithIt() {
        assertEquals(
                "/a: no such file or directory, and it cannot be made",
                ErrorText.of(new NoSuchFileException("/a")));
        assertEquals(
                "/a: may not be read or written by " + System.getProperty("user.name"),
                ErrorText.of(new UncheckedIOException(new AccessDeniedException("/a"))));
    }

    @Test
    void aMessageOfOursStaysAsItIs() {
        assertEquals(
                "journal: x",
                ErrorText.of(new UncheckedIOException("journal: x", new IOException("y"))));
        assertEquals("IOException", ErrorText.of(new IOException()));
    }
}
