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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.equilibration.Verdict;

class RunControlTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Verdict STEADY = new Verdict.Equilibrated(10, 10, 300, 0.1, 2, 0.5);

    @TempDir private Path directory;
    private final List<String> audit = new ArrayList<>();
    private final Counting adapter = new Counting();
    private int output;

    /** Counts its acts and can be told to fail. */
    private static final class Counting implements StopAdapter {
        private int acts;
        private int failures;
        private boolean repeatable;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public boolean repeatable() {
            return repeatable;
        }

        @Override
        public void act(ObjectNode decision) throws IOException {
            if (failures > 0) {
                failures--;
                throw new IOException("no luck");
            }
            acts++;
        }
    }

    private static StopSettings settings(StopMode mode) {
        StopPolicy policy =
                new StopPolicy(List.of(1e5), false, Set.of("t"), Set.of("equilibrated"), 5);
        return new StopSettings(
                mode,
                policy,
                3,
                Duration.ofHours(1),
                3,
                Duration.ofSeconds(30),
                List.of(AdapterSettings.MODEL_API),
                RestartSettings.NONE);
    }

    private RunControl control(StopMode mode) {
        return new RunControl(
                settings(mode), directory, (e, t, d) -> audit.add(e), List.of(adapter));
    }

    private Instant now() {
        return START.plusSeconds(60L * output);
    }

    private Snapshot snapshot(Verdict verdict, boolean gap, boolean complete, Instant written) {
        return new Snapshot(
                output,
                output,
                written,
                complete,
                List.of(new Snapshot.Level(1e5, gap, false, Map.of("t", verdict))));
    }

    private void steps(RunControl control, int count, Verdict verdict) {
        for (int i = 0; i < count; i++) {
            output++;
            control.step(snapshot(verdict, false, true, now()), now());
        }
    }

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
    void doesNothingUnderAVeto() throws IOException {
        Files.writeString(directory.resolve(ControlFiles.VETO), "{}");
        RunControl control = control(StopMode.ACT);
        steps(control, 20, STEADY);
        Files.writeString(directory.resolve(ControlFiles.STOP), "{}");
        steps(control, 5, STEADY);
        assertEquals(0, adapter.acts);
        assertEquals(List.of("stop-vetoed"), audit);
    }

    @Test
    void aVetoAfterTheDecisionHoldsTheRetriesBack() throws IOException {
        adapter.failures = 1;
        RunControl control = control(StopMode.ACT);
        steps(control, 7, STEADY);
        Files.writeString(directory.resolve(ControlFiles.VETO), "{}");
        steps(control, 10, STEADY);
        assertEquals(0, adapter.acts);
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
    void aPersonsStopNeedsNoVerdict() throws IOException {
        Files.writeString(directory.resolve(ControlFiles.STOP), "{}");
        steps(control(StopMode.ADVISE), 3, new Verdict.WarmingUp());
        assertEquals(1, adapter.acts);
    }

    @Test
    void resumeForgetsTheDecision() throws IOException {
        RunControl control = control(StopMode.ACT);
        steps(control, 10, STEADY);
        Files.writeString(directory.resolve(ControlFiles.RESUME), "{}");
        steps(control, 1, new Verdict.WarmingUp());
        assertFalse(Files.exists(directory.resolve(ControlFiles.DECISION)));
        assertFalse(Files.exists(directory.resolve(ControlFiles.RESUME)));
        steps(control, 2, STEADY);
        assertEquals(1, adapter.acts);
        steps(control, 1, STEADY);
        assertEquals(2, adapter.acts);
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
}
