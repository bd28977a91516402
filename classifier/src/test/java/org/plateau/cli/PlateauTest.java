package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|plateau: expected a command, found none",
                "stauts|plateau: expected a command, found 'stauts'; did you mean start or status",
                "run|plateau run: expected --settings FILE and COMMAND, found none",
                "run -s x|plateau run: expected COMMAND, found none",
                "replay a.nc|plateau replay: expected --settings FILE, found none",
                "verdict|plateau verdict: expected FILE, found none",
                "status a b|plateau status: expected no further word, found 'b'",
                "plot --levls=3|plateau plot: expected one of the options, found '--levls=3'",
                "finish --within=soon|plateau finish: Invalid value for option '--within'"
            })
    void aCommandLineThatCannotBeUnderstoodIsAnsweredInOneLineWithWhatWasExpectedAndCame(
            String words, String answer) {
        StringWriter err = new StringWriter();
        CommandLine line = Plateau.commandLine().setErr(new PrintWriter(err, true));
        String[] all = words == null ? new String[0] : words.split(" ");
        assertEquals(Plateau.USAGE, line.execute(all));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith(answer), err.toString());
        assertTrue(err.toString().endsWith(" --help)\n"), err.toString());
    }

    @Test
    void everyCommandIsDescribedInWholeSentencesInTheListOfThem() {
        Plateau.commandLine()
                .getSubcommands()
                .values()
                .forEach(
                        command -> {
                            String[] text = command.getCommandSpec().usageMessage().description();
                            assertTrue(
                                    text[0].endsWith("."),
                                    command.getCommandName() + ": " + text[0]);
                        });
    }
}
