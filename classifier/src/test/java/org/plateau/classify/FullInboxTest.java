package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.assembly.Account;
import org.plateau.assembly.Outcome;
import org.plateau.assembly.Records;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.ElementType;
import org.plateau.message.RecordWriter;
import org.plateau.message.VariableDescriptor;
import org.plateau.network.Devices;
import org.plateau.queue.QueueFullException;
import org.plateau.queue.RecordQueue;
import org.plateau.settings.SettingsFile;

/**
 * The inbox has a limit, and what the classifier still needs stays in it. More must always come,
 * whatever waits there: every test here ends only because room is made.
 */
class FullInboxTest {
    private static final int OUTPUTS = 100;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir private Path directory;

    private final Records model = new Records(1);
    private final RecordWriter others = new RecordWriter();
    private final List<ByteBuffer> records = new ArrayList<>();
    private ClassifierSettings settings;
    private Classifier classifier;
    private RecordQueue inbox;

    @BeforeEach
    void open() throws IOException {
        settings =
                ClassifierSettings.read(
                        SettingsFile.parse(
                                "test.yaml",
                                "run: {directory: "
                                        + directory.resolve("run")
                                        + "}\nclassify: {sync: false, labels: computed}\nqueue:"
                                        + " {directory: "
                                        + directory.resolve("queue")
                                        + ", maxBytes: 66 MiB, segmentBytes: 8 MiB, keepFree: 0"
                                        + " B, ready: 0 B}"));
        inbox = RecordQueue.open(settings.queue().inbox(), settings.queue());
        inbox.keepFor(RecordQueue.CLASSIFIER);
        classifier =
                new Classifier(
                        settings,
                        new QueueInbox(settings.queue()),
                        new Devices(List.of(new ComputedEngine())),
                        false,
                        Clock.systemUTC());
        records.addAll(model.coordinates());
    }

    /** A MiB of a variable that no map needs. */
    private ByteBuffer other(long record) {
        VariableDescriptor variable =
                new VariableDescriptor(
                        "/runs/a/other.nc",
                        "humidity",
                        Optional.of(ElementType.FLOAT),
                        List.of(
                                new Dimension("time", 0, true),
                                new Dimension("cell", MEBIBYTE / 4, false)),
                        List.<Attribute>of(),
                        List.of());
        ByteBuffer built =
                others.data(2, record + 1)
                        .file(1)
                        .descriptor(variable)
                        .slab(new long[] {record, 0}, new long[] {1, MEBIBYTE / 4})
                        .payload(new float[MEBIBYTE / 4])
                        .build();
        ByteBuffer copy =
                ByteBuffer.allocateDirect(built.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        return copy.put(built).flip();
    }

    /**
     * Appends as a coupler does and reads as the classifier's process does; returns the account.
     */
    private Account.Totals run() {
        int waited = 0;
        for (int next = 0; next < records.size(); ) {
            try {
                inbox.append(records.get(next));
                next++;
                waited = 0;
            } catch (QueueFullException e) {
                waited++;
                assertTrue(waited < 200, "no room is made: " + e.getMessage());
                readAll();
            }
        }
        readAll();
        classifier.finish();
        Account.Totals account = classifier.account().total();
        classifier.close();
        inbox.close();
        assertEquals(0, account.pending(), "every write has its end: " + account);
        return account;
    }

    private void readAll() {
        while (classifier.step() > 0) {
            continue;
        }
    }

    @Test
    void recordsThatNoMapNeedsAreLetGoOfBeforeAnyOutputIsLabelled() {
        for (int r = 0; r < OUTPUTS; r++) {
            records.add(other(r));
        }
        Account.Totals account = run();
        assertEquals(OUTPUTS, account.of(Outcome.ORPHAN), account.toString());
    }

    @Test
    void anOutputWithALostWriteIsKeptForItsRestOnlyAsLongAsThereIsRoom() {
        for (int r = 0; r < OUTPUTS; r++) {
            records.add(model.time(r, r + 1));
            records.add(model.whole("T", r));
            records.add(r == 2 ? model.gap("u", r, 1) : model.whole("u", r));
            records.add(model.whole("v", r));
            records.add(other(r));
        }
        Account.Totals account = run();
        assertEquals(1, account.of(Outcome.DROPPED), account.toString());
        assertEquals(3L * (OUTPUTS - 1), account.of(Outcome.USED), account.toString());
        assertEquals(OUTPUTS, classifier.outputs());
    }

    @Test
    void temperatureWithoutWindIsGivenUpOldestFirstAndWhatIsWholeIsStillLabelled() {
        for (int r = 0; r < OUTPUTS; r++) {
            records.add(model.time(r, r + 1));
            records.add(model.whole("T", r));
            records.add(other(r));
        }
        Records late = new Records(3);
        for (String wind : List.of("u", "v")) {
            records.add(late.whole(wind, OUTPUTS - 1));
        }
        Account.Totals account = run();
        assertEquals(3, account.of(Outcome.USED), account.toString());
        assertTrue(
                account.reasons().keySet().stream().anyMatch(r -> r.startsWith("orphan: no ")),
                account.toString());
    }
}
