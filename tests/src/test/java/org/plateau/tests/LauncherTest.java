package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.plateau.tests.Program.Outcome;

/** The command {@code plateau} itself: which Java, and what it says when it cannot start. */
@Tag("coupler")
@ExtendWith(Workplace.class)
class LauncherTest {
    /** The JDKs that are installed here. */
    static Stream<String> installed() throws Exception {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Stream.of(System.getProperty("java.home"));
        }
        try (Stream<Path> found = Files.list(all)) {
            return found
                    .filter(jdk -> !Files.isSymbolicLink(jdk))
                    .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                    .map(Path::toString)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("installed")
    void theCommandStartsQuietlyOnEveryJdkThatIsInstalled(String jdk, Path work) throws Exception {
        Outcome outcome =
                Program.in(work, "plateau", "--version").with("JAVA_HOME", jdk).run().succeeded();

        assertEquals(1, outcome.text().lines().count(), outcome.text());
        assertTrue(outcome.text().startsWith("plateau "), outcome.text());
    }

    @Test
    void withoutABuildItSaysInOneLineWhatToRun(Path work) throws Exception {
        Outcome outcome =
                Program.in(work, "plateau", "status").with("PLATEAU_HOME", work.toString()).run();

        assertEquals(2, outcome.code());
        assertEquals(1, outcome.text().lines().count(), outcome.text());
        assertTrue(outcome.text().contains("slurm/setup.sh"), outcome.text());
    }

    @Test
    void withoutAJdkItNamesJavaHome(Path work) throws Exception {
        assumeTrue(!Files.exists(work.resolve("bin/java")));

        Outcome outcome =
                Program.in(work, "plateau", "status").with("JAVA_HOME", work.toString()).run();

        assertEquals(2, outcome.code());
        assertEquals(1, outcome.text().lines().count(), outcome.text());
        assertTrue(outcome.text().contains("JAVA_HOME"), outcome.text());
    }

    @ParameterizedTest(name = "Java ends with {0}")
    @CsvSource({"0, 0", "1, 3", "2, 2", "3, 3", "101, 1", "137, 137"})
    void aJavaThatCannotStartIsNoAnswerToAChainOfJobs(int java, int command, Path work)
            throws Exception {
        Path fake = Files.createDirectories(work.resolve("bin")).resolve("java");
        Files.writeString(fake, "#!/bin/sh\nexit " + java + "\n");
        assertTrue(fake.toFile().setExecutable(true));
        Files.writeString(work.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

        Outcome outcome =
                Program.in(work, "plateau", "status", "--require", "equilibrated")
                        .with("JAVA_HOME", work.toString())
                        .run();

        assertEquals(command, outcome.code(), outcome.text());
    }

    @Test
    void notYetIsTheCommandsOneAndNoMemoryIsNot(Path work) throws Exception {
        Files.writeString(work.resolve("status.json"), "{\"run_verdict\":\"not equilibrated\"}");
        Program status = Program.in(work, "plateau", "status", "--require", "equilibrated", ".");

        assertEquals(1, status.run().code());
        Outcome starved = status.with("JAVA_TOOL_OPTIONS", "-XX:MaxMetaspaceSize=1m").run();
        assertEquals(3, starved.code(), starved.text());
    }

    @Test
    void inTheLocaleOfABareJobTextStaysAsItIs(Path work) throws Exception {
        Files.writeString(work.resolve("job.sh"), "#!/bin/bash\n# mod\u00e8le\nsrun ./gcm\n");

        Outcome outcome =
                Program.in(work, "plateau", "slurm", "--from", "job.sh")
                        .with("LC_ALL", "C")
                        .run()
                        .succeeded();

        assertTrue(outcome.text().contains("# mod\u00e8le\n"), outcome.text());
    }
}
