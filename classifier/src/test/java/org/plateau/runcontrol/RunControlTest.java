package org.plateau.runcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plateau.equilibration.Verdict;

class RunControlTest extends RunControlScene {

    @Test
    void onlyAdvisesUnlessToldToAct() {
        RunControl control = control(StopMode.ADVISE);
        steps(control, 20, STEADY);
        assertEquals(0, adapter.acts);
        assertEquals(List.of("stop-advised"), audit);
        assertFalse(control.state().decided());
    }

    @Test
    void actsOnceTheVerdictsHaveHeld() {
        RunControl control = control(StopMode.ACT);
        steps(control, 6, STEADY);
        assertEquals(0, adapter.acts, "after the minimum time, before it has held");
        steps(control, 1, STEADY);
        assertEquals(1, adapter.acts);
        assertEquals(List.of("stop-decided", "stop-adapter"), audit);
    }

    @Test
    void neverActsTwice() {
        steps(control(StopMode.ACT), 30, STEADY);
        steps(control(StopMode.ACT), 30, STEADY);
        assertEquals(1, adapter.acts);
    }

    @Test
    void doesNotRepeatWhatMayHaveBeenDoneWhenItWasKilled() throws IOException {
        steps(control(StopMode.ACT), 10, STEADY);
        Path decision = directory.resolve(ControlFiles.DECISION);
        Files.writeString(decision, Files.readString(decision).replace("done", "started"));
        steps(control(StopMode.ACT), 10, STEADY);
        assertEquals(1, adapter.acts);
        assertTrue(Files.readString(decision).contains("unknown"));
    }

    @Test
    void aGapStartsTheCountAgain() {
        RunControl control = control(StopMode.ACT);
        steps(control, 6, STEADY);
        output++;
        control.step(snapshot(STEADY, true, true, now()), now());
        steps(control, 2, STEADY);
        assertEquals(0, adapter.acts);
        output++;
        control.step(snapshot(STEADY, false, false, now()), now());
        steps(control, 2, STEADY);
        assertEquals(0, adapter.acts);
        steps(control, 1, STEADY);
        assertEquals(1, adapter.acts);
    }

    @Test
    void neverActsOnStaleData() {
        RunControl control = control(StopMode.ACT);
        for (int i = 0; i < 20; i++) {
            output++;
            control.step(snapshot(STEADY, false, true, now().minusSeconds(7200)), now());
        }
        assertEquals(0, adapter.acts);
        assertTrue(control.state().waitingFor().toString().contains("7200 s old"));
    }

    @Test
    void anOutputThatIsTooOldIsNotActedOnAndDoesNotBreakTheHold() {
        RunControl control = control(StopMode.ACT);
        steps(control, 6, STEADY);
        output++;
        control.step(snapshot(STEADY, false, true, now().minusSeconds(7200)), now());
        assertEquals(0, adapter.acts);
        assertEquals(3, control.state().held());
        steps(control, 1, STEADY);
        assertEquals(1, adapter.acts);
    }

    @Test
    void theSameOutputCountsOnce() {
        RunControl control = control(StopMode.ACT);
        output = 50;
        for (int i = 0; i < 20; i++) {
            control.step(snapshot(STEADY, false, true, now()), now());
        }
        assertEquals(0, adapter.acts);
    }

    @Test
    void onlyEquilibratedCountsUnlessTheSettingsAcceptMore() {
        RunControl control = control(StopMode.ACT);
        steps(control, 20, new Verdict.Cyclic(1, 1, 10, 2, 3));
        steps(control, 20, new Verdict.Degenerate(3));
        steps(control, 20, new Verdict.Revoked(3, 2, Verdict.Change.LEVEL));
        assertEquals(0, adapter.acts);
    }

    private Snapshot snapshot(double pressure, boolean labelVeto, Verdict verdict) {
        Snapshot.Level level = new Snapshot.Level(pressure, false, labelVeto, Map.of("t", verdict));
        return new Snapshot(output, output, now(), true, List.of(level));
    }

    @Test
    void labelsMayVetoAStopAndNeverPromoteOne() {
        RunControl control = control(StopMode.ACT);
        for (output = 1; output < 20; output++) {
            control.step(snapshot(1e5, true, STEADY), now());
        }
        assertEquals(0, adapter.acts);
        assertEquals(List.of("labels not steady at 1.00 bar"), control.state().waitingFor());
        for (; output < 40; output++) {
            control.step(snapshot(1e5, false, new Verdict.Undecided(10)), now());
        }
        assertEquals(0, adapter.acts);
    }

    @Test
    void aLevelThatTheRunDoesNotHaveStopsNothingAndIsNamed() {
        RunControl control = control(StopMode.ACT);
        for (output = 1; output < 20; output++) {
            control.step(snapshot(1.03e5, false, STEADY), now());
        }
        assertEquals(0, adapter.acts);
        String waiting = control.state().waitingFor().get(0);
        assertTrue(waiting.contains("no level at 1.00 bar within 2 %"), waiting);
        for (int i = 0; i < 3; i++, output++) {
            control.step(snapshot(1.01e5, false, STEADY), now());
        }
        assertEquals(1, adapter.acts);
    }

    @Test
    void aFailingAdapterIsReportedAndTriedAgainAsTheSettingsSay() {
        adapter.failures = 2;
        RunControl control = control(StopMode.ACT);
        steps(control, 20, STEADY);
        assertEquals(1, adapter.acts);
        assertEquals(
                List.of("stop-decided", "stop-adapter", "stop-adapter", "stop-adapter"), audit);
        assertTrue(control.state().decided());
    }

    @Test
    void aFailingAdapterIsGivenUpInTheEnd() {
        adapter.failures = 100;
        RunControl control = control(StopMode.ACT);
        steps(control, 20, STEADY);
        assertEquals(97, adapter.failures);
        assertTrue(control.state().decided());
    }

    @Test
    void anUnreadableDecisionStopsEverything() throws IOException {
        Files.writeString(directory.resolve(ControlFiles.DECISION), "{half");
        RunControl control = control(StopMode.ACT);
        steps(control, 20, STEADY);
        assertEquals(0, adapter.acts);
        assertEquals(List.of("stop-error"), audit);
    }

    @Test
    void aDecisionOfThePolicyIsNotCarriedOutOnceTheSettingsOnlyAdvise() throws IOException {
        adapter.failures = 1;
        steps(control(StopMode.ACT), 7, STEADY);
        assertTrue(Files.exists(directory.resolve(ControlFiles.DECISION)));
        steps(control(StopMode.ADVISE), 20, STEADY);
        assertEquals(0, adapter.acts);
        steps(control(StopMode.ACT), 3, STEADY);
        assertEquals(1, adapter.acts);
    }

    @Test
    void aDecisionThatWasMadeJustBeforeAKillStillGetsItsAuditLineAndOnlyOne() throws IOException {
        steps(control(StopMode.ACT), 10, STEADY);
        Path decision = directory.resolve(ControlFiles.DECISION);
        Files.writeString(
                decision,
                Files.readString(decision).replace("\"announced\":true", "\"announced\":false"));
        audit.clear();
        steps(control(StopMode.ACT), 10, STEADY);
        assertEquals(List.of("stop-decided"), audit);
        assertEquals(1, adapter.acts);
    }

    @Test
    void theModelApisAdapterWritesTheNumbersForTheCouplers() throws IOException {
        RunControl control =
                new RunControl(settings(StopMode.ACT), directory, (e, t, d) -> audit.add(e));
        steps(control, 10, STEADY);
        Path flag = directory.resolve(ControlFiles.FLAG);
        ObjectNode decision = (ObjectNode) new ObjectMapper().readTree(flag.toFile());
        assertEquals(300, decision.at("/evidence/verdicts/100000 Pa/t/mean").asDouble());
        assertEquals("policy", decision.path("by").asText());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(flag)));
    }

    @Test
    void theAuditLineOfADecisionHasTheNumbersThatMadeIt() {
        List<Map<String, Object>> decided = new ArrayList<>();
        RunControl control =
                new RunControl(
                        settings(StopMode.ACT),
                        directory,
                        (e, t, d) -> {
                            if (e.equals("stop-decided")) {
                                decided.add(d);
                            }
                        },
                        List.of(adapter));
        steps(control, 10, STEADY);
        assertEquals(1, decided.size());
        assertEquals("policy", decided.get(0).get("by"));
        assertEquals(3, decided.get(0).get("held"));
        assertEquals(7.0, decided.get(0).get("elapsed"));
        Map<?, ?> levels = (Map<?, ?>) decided.get(0).get("verdicts");
        Map<?, ?> metrics = (Map<?, ?>) levels.values().iterator().next();
        assertEquals(
                Map.of(
                        "verdict", "equilibrated",
                        "since", 10.0,
                        "mean", 300.0,
                        "standardError", 0.1,
                        "inefficiency", 2.0,
                        "driftBound", 0.5),
                metrics.get("t"));
    }

    @Test
    void whateverAnAdapterThrowsTheClassifierGoesOnAndTheOthersAct() {
        StopAdapter broken =
                new StopAdapter() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public boolean repeatable() {
                        return true;
                    }

                    @Override
                    public void act(ObjectNode decision) {
                        throw new IllegalStateException("bug");
                    }

                    @Override
                    public void takeBack() {
                        throw new IllegalStateException("bug");
                    }
                };
        RunControl control =
                new RunControl(
                        settings(StopMode.ACT),
                        directory,
                        (e, t, d) -> audit.add(e + " " + d.get("adapter") + " " + d.get("result")),
                        List.of(broken, adapter));
        steps(control, 20, STEADY);
        assertEquals(1, adapter.acts);
        assertTrue(audit.contains("stop-adapter broken failed, will retry"), audit.toString());
        assertTrue(audit.contains("stop-adapter broken failed"), audit.toString());
        assertTrue(audit.contains("stop-adapter counting done"), audit.toString());
    }
}
