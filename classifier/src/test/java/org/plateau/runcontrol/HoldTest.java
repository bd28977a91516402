package org.plateau.runcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plateau.equilibration.Verdict;

/** A restart changes nothing about how long the policy has held. */
class HoldTest extends RunControlScene {
    private final List<Snapshot> journal = new ArrayList<>();

    private void outputs(RunControl control, int count, Verdict verdict, boolean gap) {
        for (int i = 0; i < count; i++) {
            output++;
            Snapshot snapshot = snapshot(verdict, gap, true, now());
            journal.add(snapshot);
            control.step(snapshot, now());
        }
    }

    private RunControl restarted(StopMode mode) {
        RunControl control = control(mode);
        journal.forEach(control::before);
        return control;
    }

    @Test
    void outputsFromBeforeARestartCountAsTheyDidWhenTheyCame() {
        outputs(control(StopMode.ACT), 6, STEADY, false);
        RunControl again = restarted(StopMode.ACT);
        assertEquals(2, again.state().held());
        assertEquals(0, adapter.acts, "nothing is done on what the journal tells");
        outputs(again, 1, STEADY, false);
        assertEquals(1, adapter.acts);
    }

    @Test
    void aGapBeforeTheRestartStillBreaksTheHold() {
        RunControl control = control(StopMode.ACT);
        outputs(control, 6, STEADY, false);
        outputs(control, 1, STEADY, true);
        outputs(control, 1, STEADY, false);
        RunControl again = restarted(StopMode.ACT);
        assertEquals(control.state().held(), again.state().held());
        outputs(again, 1, STEADY, false);
        assertEquals(0, adapter.acts);
        outputs(again, 1, STEADY, false);
        assertEquals(1, adapter.acts);
    }

    @Test
    void theLastOutputOfTheJournalDoesNotCountASecondTime() {
        outputs(control(StopMode.ACT), 6, STEADY, false);
        RunControl again = restarted(StopMode.ACT);
        again.step(journal.get(journal.size() - 1), now());
        assertEquals(2, again.state().held());
        assertEquals(0, adapter.acts);
    }

    @Test
    void whatHeldBeforeAPersonResumedDoesNotCountAfterARestart() throws IOException {
        RunControl control = control(StopMode.ACT);
        outputs(control, 10, STEADY, false);
        assertEquals(1, adapter.acts);
        Files.writeString(directory.resolve(ControlFiles.RESUME), "{}");
        outputs(control, 1, STEADY, false);
        RunControl again = restarted(StopMode.ACT);
        assertEquals(1, again.state().held());
        assertEquals(control.state().held(), again.state().held());
        outputs(again, 1, STEADY, false);
        assertEquals(1, adapter.acts);
        outputs(again, 1, STEADY, false);
        assertEquals(2, adapter.acts);
    }

    @Test
    void aResumeThatCannotBeReadLetsNothingFromBeforeCount() throws IOException {
        outputs(control(StopMode.ACT), 6, STEADY, false);
        Files.writeString(directory.resolve(ControlFiles.RESUMED), "{half");
        assertEquals(0, restarted(StopMode.ACT).state().held());
    }

    @Test
    void aVetoStandsHoweverLongItHeldBeforeTheRestart() throws IOException {
        outputs(control(StopMode.ADVISE), 30, STEADY, false);
        Files.writeString(directory.resolve(ControlFiles.VETO), "{}");
        RunControl again = restarted(StopMode.ACT);
        assertEquals(26, again.state().held());
        outputs(again, 5, STEADY, false);
        assertEquals(0, adapter.acts);
    }

    @Test
    void afterARestartNothingIsDoneBeforeAFreshOutput() {
        outputs(control(StopMode.ADVISE), 30, STEADY, false);
        RunControl again = restarted(StopMode.ACT);
        Instant hours = now().plusSeconds(7200);
        again.step(journal.get(journal.size() - 1), hours);
        assertEquals(0, adapter.acts);
        assertTrue(again.state().waitingFor().toString().contains("s old"));
    }
}
