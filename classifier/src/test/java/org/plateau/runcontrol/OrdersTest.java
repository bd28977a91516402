package org.plateau.runcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plateau.equilibration.Verdict;

/** What a person orders: veto, stop and resume. */
class OrdersTest extends RunControlScene {

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
    void aPersonsStopNeedsNoVerdict() throws IOException {
        Files.writeString(directory.resolve(ControlFiles.STOP), "{}");
        steps(control(StopMode.ADVISE), 3, new Verdict.WarmingUp());
        assertEquals(1, adapter.acts);
    }

    @Test
    void theAuditSaysWhoOrderedWhatAndWhy() throws IOException {
        Map<String, Object> told = new LinkedHashMap<>();
        RunControl control =
                new RunControl(
                        settings(StopMode.ADVISE),
                        directory,
                        (e, t, d) -> told.put(e, d.get("order")),
                        List.of(adapter));
        Orders orders = new Orders(directory, "ann", Clock.fixed(START, ZoneOffset.UTC));
        orders.veto("watching");
        steps(control, 1, STEADY);
        orders.resume("seen");
        steps(control, 1, STEADY);
        orders.stop("enough");
        steps(control, 1, STEADY);
        assertEquals(order("watching"), told.get("stop-vetoed"));
        assertEquals(order("seen"), told.get("stop-resumed"));
        assertEquals(order("enough"), told.get("stop-decided"));
        assertEquals(1, adapter.acts);
    }

    private static Map<String, Object> order(String reason) {
        return Map.of("by", "ann", "wall", START.toString(), "reason", reason);
    }

    @Test
    void whereTheClockCannotTellWhichCameFirstAVetoStandsAndAStopDoesNot() throws IOException {
        for (String file : List.of(ControlFiles.VETO, ControlFiles.STOP, ControlFiles.RESUME)) {
            Path order = Files.writeString(directory.resolve(file), "{}");
            Files.setLastModifiedTime(order, FileTime.from(START));
        }
        steps(control(StopMode.ACT), 20, STEADY);
        assertTrue(Files.exists(directory.resolve(ControlFiles.VETO)));
        assertFalse(Files.exists(directory.resolve(ControlFiles.STOP)));
        assertEquals(0, adapter.acts);
    }

    @Test
    void aVetoThatComesWhileAnAdapterWaitsForItsRestartHoldsItBack() throws IOException {
        Path veto = directory.resolve(ControlFiles.VETO);
        StopAdapter waiting =
                new StopAdapter() {
                    @Override
                    public String name() {
                        return "waiting";
                    }

                    @Override
                    public boolean repeatable() {
                        return false;
                    }

                    @Override
                    public boolean ready(Instant decided) throws IOException {
                        Files.writeString(veto, "{}");
                        return true;
                    }

                    @Override
                    public void act(ObjectNode decision) {
                        adapter.acts++;
                    }
                };
        RunControl control =
                new RunControl(
                        settings(StopMode.ACT),
                        directory,
                        (e, t, d) -> audit.add(e),
                        List.of(waiting));
        steps(control, 20, STEADY);
        assertEquals(0, adapter.acts);
    }

    @Test
    void aRunDirectoryInWhichNobodyCanLookForAVetoStopsNothing() throws IOException {
        assertFalse(new ControlFiles(directory).forbidden());
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertTrue(new ControlFiles(loop).forbidden());
        assertFalse(new ControlFiles(loop).has(ControlFiles.STOP));
    }

    @Test
    void resumeTakesBackTheStopFileAndWhatItHadReplaced() throws IOException {
        Path namelist = Files.writeString(directory.resolve("run.def"), "length=100\n");
        AdapterSettings edit =
                new AdapterSettings(
                        AdapterSettings.Kind.STOP_FILE,
                        "run.def",
                        "length=0\n",
                        "",
                        List.of(),
                        List.of(),
                        "",
                        Duration.ofSeconds(1));
        RunControl control =
                new RunControl(
                        settings(StopMode.ACT),
                        directory,
                        (e, t, d) -> audit.add(e),
                        Adapters.of(List.of(edit), directory));
        steps(control, 10, STEADY);
        assertEquals("length=0\n", Files.readString(namelist));
        Files.writeString(directory.resolve(ControlFiles.VETO), "{}");
        steps(control, 5, STEADY);
        assertEquals("length=100\n", Files.readString(namelist));
        Files.delete(namelist);
        Files.delete(directory.resolve(ControlFiles.VETO));
        Files.writeString(directory.resolve(ControlFiles.RESUME), "{}");
        steps(control, 4, STEADY);
        assertEquals("length=0\n", Files.readString(namelist));
        Files.writeString(directory.resolve(ControlFiles.RESUME), "{}");
        steps(control, 1, STEADY);
        assertFalse(Files.exists(namelist));
    }

    @Test
    void aVetoThatComesWhileTheFlagIsRaisedTakesItDownAgain() throws IOException {
        Files.writeString(directory.resolve(ControlFiles.VETO), "{}");
        StopAdapter flag = Adapters.of(AdapterSettings.MODEL_API, directory);
        assertThrows(IOException.class, () -> flag.act(new ObjectMapper().createObjectNode()));
        assertFalse(Files.exists(directory.resolve(ControlFiles.FLAG)));
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
    void aVetoAfterAResumeThatWasNotReadYetStands() throws IOException {
        Path veto = Files.writeString(directory.resolve(ControlFiles.VETO), "{}");
        Path resume = Files.writeString(directory.resolve(ControlFiles.RESUME), "{}");
        FileTime earlier = FileTime.from(Instant.now().minusSeconds(1));
        Files.setLastModifiedTime(resume, earlier);
        RunControl control = control(StopMode.ACT);
        steps(control, 20, STEADY);
        assertTrue(Files.exists(veto));
        assertEquals(0, adapter.acts);
        Files.setLastModifiedTime(veto, earlier);
        Files.writeString(resume, "{}");
        steps(control, 20, STEADY);
        assertFalse(Files.exists(veto));
        assertEquals(1, adapter.acts);
    }
}
