package org.plateau.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.plateau.jobscript.JobScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau slurm}: a user's job script with Plateau's lines. */
@Command(
        name = "slurm",
        description =
                "Prints a job script with plateau start and finish around the model's own line, or"
                        + " says why it cannot. The script itself stays as it is.",
        mixinStandardHelpOptions = true)
final class SlurmCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "SCRIPT",
            description = "The job script.")
    private Path script;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(script) || Files.isDirectory(script)) {
            throw new IllegalArgumentException(
                    "expected a job script, found "
                            + (Files.isDirectory(script) ? "a directory " : "no ")
                            + script);
        }
        try {
            spec.commandLine()
                    .getOut()
                    .print(JobScript.watched(Files.readString(script), this::beside, home()));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    script + ": expected text in UTF-8, found other bytes (iconv converts it)", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(script + ": " + e.getMessage(), e);
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String home() {
        return Optional.ofNullable(System.getenv("PLATEAU_HOME")).orElse("");
    }

    /** A file that the script names, from the script's own directory. */
    private String beside(String name) {
        try {
            return Files.readString(script.toAbsolutePath().resolveSibling(name.replace("\"", "")));
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }
}
