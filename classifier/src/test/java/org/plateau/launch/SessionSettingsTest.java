package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;

class SessionSettingsTest {
    private static SessionSettings read(String yaml) {
        return SessionSettings.read(SettingsFile.parse("test.yaml", yaml).section("session"));
    }

    @Test
    void withoutSettingsTheSessionIsNamedForUserAndJob() {
        SessionSettings settings = read("");

        String name = settings.forCommand(Map.of("SLURM_JOB_ID", "4711"), 12).toString();

        assertTrue(name.matches("/dev/shm/plateau-\\d+-4711"), name);
        assertEquals(Duration.ofMinutes(2), settings.finish());
    }

    @Test
    void outsideAJobACommandsSessionIsNamedForTheProcess() {
        String name = read("").forCommand(Map.of(), 123456789).toString();

        assertTrue(name.endsWith("-123456789"), name);
    }

    @Test
    void startAndFinishMeetInTheSessionOfTheEnvironment() {
        SessionSettings settings = read("session: {directory: /elsewhere}");

        assertEquals(Path.of("/here"), settings.forJob(Map.of("PLATEAU_SESSION", "/here")));
        assertEquals(Path.of("/elsewhere"), settings.forJob(Map.of()));
    }

    @Test
    void withoutJobAndSessionThereIsNoGuessing() {
        assertThrows(SettingsException.class, () -> read("").forJob(Map.of()));
    }

    @Test
    void aSilenceThatAClassifierThatIsWellMayKeepIsRefused() {
        SettingsException refused =
                assertThrows(SettingsException.class, () -> read("session: {silence: 15 s}"));

        assertTrue(refused.getMessage().contains("at least 30 s"), refused.getMessage());
        assertEquals(Duration.ofSeconds(30), read("session: {silence: 30 s}").silence());
    }

    @Test
    void aSecondCommandOfAJobHasASessionOfItsOwnUnlessTheSettingsNameOne() {
        Map<String, String> job = Map.of("SLURM_JOB_ID", "4711");

        String other = read("").another(job, 12).orElseThrow().toString();

        assertTrue(other.endsWith("-4711-12"), other);
        assertTrue(read("session: {directory: /elsewhere}").another(job, 12).isEmpty());
        assertTrue(read("").another(Map.of(), 12).isEmpty());
    }
}
