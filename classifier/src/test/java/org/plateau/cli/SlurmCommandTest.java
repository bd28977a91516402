package org.plateau.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SlurmCommandTest {
    @TempDir private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int from(Path script) {
        CommandLine line = Plateau.commandLine();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(out, true));
        return line.execute("slurm", "--from", script.toString());
    }

    private void refused(Path script, String why) {
        err.getBuffer().setLength(0);
        assertEquals(2, from(script));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(why), err.toString());
    }

    @Test
    void theUsersFileStaysAndWhatIsPrintedHasItsLines() throws IOException {
        String mine = "#!/bin/bash\n#SBATCH -n 4\n# le mod\u00e8le\nsrun ./gcm\necho done\n";
        Path script = Files.writeString(directory.resolve("job.sh"), mine);
        assertEquals(0, from(script), err.toString());
        assertEquals(mine, Files.readString(script));
        assertTrue(out.toString().startsWith("#!/bin/bash\n#SBATCH -n 4\n# le mod\u00e8le\n"));
        assertTrue(out.toString().endsWith("\necho done\n"), out.toString());
    }

    @Test
    void whatCannotBeReadIsSaidInOneLine() throws IOException {
        refused(directory.resolve("none"), "found no ");
        refused(directory, "found a directory ");
        Path latin = directory.resolve("latin.sh");
        String text = "#!/bin/bash\n# mod\u00e8le\nsrun ./gcm\n";
        Files.write(latin, text.getBytes(StandardCharsets.ISO_8859_1));
        refused(latin, "latin.sh: expected text in UTF-8");
        refused(Files.writeString(directory.resolve("empty.sh"), ""), "expected #!/bin/bash");
    }
}
