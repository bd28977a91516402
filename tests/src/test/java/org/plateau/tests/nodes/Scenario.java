package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Session;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;

/** Nodes, a session on each, hooked writers, the coupler over all, and the account at the end. */
final class Scenario implements AutoCloseable {
    static final String SESSION = "/dev/shm/session";
    private static final Path HOME = Path.of(System.getenv("PLATEAU_HOME"));
    private static final long MIB = 1 << 20;

    private final Path work;
    private final Nodes nodes;
    private final CouplerStep step;
    private final List<Process> writers = new ArrayList<>();
    private final InboxAccount inbox = new InboxAccount();
    private long ringBytes = 64 * MIB;

    private Scenario(Path work, Nodes nodes) throws Exception {
        this.work = work;
        this.nodes = nodes;
        step = new CouplerStep(nodes, work);
    }

    /** Nodes with disks of this machine and a roomy queue. */
    static Scenario on(Path work, int nodes) throws Exception {
        return on(work, nodes, "", "keepFree: 0 B");
    }

    /**
     * @param disk size of a node's disk; empty: that of this machine
     * @param queue what the section {@code queue} says besides the directory
     */
    static Scenario on(Path work, int nodes, String disk, String queue) throws Exception {
        Scenario scenario = new Scenario(work, Nodes.up(work, nodes, disk));
        Files.writeString(
                work.resolve("plateau.yaml"),
                "run:\n  directory: %s/run\nqueue:\n  directory: %s/disk\n  %s\n"
                        .formatted(work, work, queue));
        scenario.compileWriter();
        return scenario;
    }

    private void compileWriter() throws Exception {
        compile("fieldwriter", List.of("-lnetcdf"));
    }

    /** Compiles a program of {@code tests/nodes}; returns where it is. */
    String compile(String name, List<String> libraries) throws Exception {
        String program = work.resolve(name).toString();
        List<String> line = new ArrayList<>(List.of("cc", "-O2", "-o", program));
        line.add("-I" + HOME.resolve("native/ring"));
        line.add(HOME.resolve("tests/nodes/" + name + ".c").toString());
        line.addAll(libraries);
        assertEquals(0, new ProcessBuilder(line).inheritIO().start().waitFor(), name + " compiles");
        return program;
    }

    /** Starts a program that puts records into a ring as fast as it has room. */
    Process burst(int node, long records, long bytes, int pause, int group) throws Exception {
        List<String> libraries =
                List.of(HOME.resolve("native/build/lib/libplateau_ring.a").toString(), "-lpthread");
        String name = "burst" + writers.size();
        List<String> line = new ArrayList<>(List.of(compile("burstwriter", libraries), SESSION));
        line.addAll(List.of("" + records, "" + bytes, "" + pause, "" + group));
        Process process = nodes.on(node, name, line).start();
        writers.add(process);
        return process;
    }

    /** Rings of that size from the next session on. */
    Scenario rings(long mebibytes) {
        ringBytes = mebibytes * MIB;
        return this;
    }

    /** Makes the sessions of all nodes and starts the coupler. */
    Scenario start() throws Exception {
        for (int i = 1; i <= nodes.size(); i++) {
            makeSession(i);
        }
        return startCoupler();
    }

    Scenario startCoupler() {
        step.start();
        return this;
    }

    void makeSession(int node) {
        makeSession(node, Duration.ZERO);
    }

    /**
     * @param wait how long its writers may wait for room in their rings
     */
    void makeSession(int node, Duration wait) {
        HookSettings settings = new HookSettings(ringBytes, 4096 * MIB, wait, List.of());
        Session.create(nodes.shm(node).resolve("session"), settings).close();
    }

    CouplerStep step() {
        return step;
    }

    /** Waits until the coupler of a node looks at its rings. */
    void awaitDrain(int node) throws Exception {
        Path word = work.resolve("run").resolve("account-node" + node + ".json");
        eventually("the first word of node " + node, () -> Files.exists(word));
    }

    /** What the coupler has said so far. */
    String coupler() throws IOException {
        return Files.readString(work.resolve("coupler.log"));
    }

    Nodes nodes() {
        return nodes;
    }

    InboxAccount inbox() {
        return inbox;
    }

    /** Starts a hooked writer of that many records of so many floats, microseconds apart. */
    Process write(int node, int records, int floats, int pause) throws IOException {
        String name = "writer" + writers.size();
        ProcessBuilder builder =
                nodes.on(
                        node,
                        name,
                        List.of(
                                HOME.resolve("slurm/bin/plateau-hook").toString(),
                                work.resolve("fieldwriter").toString(),
                                work.resolve(name + ".nc").toString(),
                                "" + records,
                                "" + floats,
                                "" + pause));
        builder.environment().put("PLATEAU_SESSION", SESSION);
        Process process = builder.start();
        writers.add(process);
        return process;
    }

    void awaitWriters() throws Exception {
        for (Process writer : writers) {
            if (exitCode(writer, 120) < 0) {
                throw new AssertionError("a writer hangs");
            }
        }
    }

    /** Reads at most that many records from the inbox, as the classifier would. */
    int consume(int most) {
        try (RecordQueue queue =
                RecordQueue.open(nodes.disk(1).resolve("inbox"), QueueSettings.in(nodes.disk(1)))) {
            return inbox.read(queue, most);
        }
    }

    /** Lets the coupler end and checks the whole account against what was written. */
    void finish(long written) throws Exception {
        announceEnd();
        step.awaitEnd();
        consume(Integer.MAX_VALUE);
        inbox.assertClosed();
        assertEquals(written, inbox.written(), "writes in the records of the inbox");
        assertReports(written);
    }

    /** The same when nobody knows how far a killed writer came: its ring does. */
    void finishWhateverWasWritten() throws Exception {
        announceEnd();
        step.awaitEnd();
        consume(Integer.MAX_VALUE);
        inbox.assertClosed();
        assertReports(inbox.written());
    }

    void announceEnd() throws IOException {
        Files.writeString(nodes.shm(1).resolve("session/finish"), "");
    }

    private void assertReports(long written) throws IOException {
        long sum = 0;
        long closed = 0;
        int reports = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(work.resolve("run"), "coupler-node*.json")) {
            for (Path file : files) {
                JsonNode total = new ObjectMapper().readTree(file.toFile()).path("total");
                sum += total.path("written").asLong();
                closed += total.path("forwarded").asLong() + total.path("dropped").asLong();
                closed += total.path("torn").asLong();
                assertEquals(0, total.path("open").asLong(), file.toString());
                reports++;
            }
        }
        assertEquals(nodes.size(), reports, "one report a node");
        assertEquals(written, sum, "writes in the reports");
        assertEquals(written, closed, "every write has its end in the reports");
    }

    /** Waits that many seconds for the end of a process; -1 if it did not come. */
    static int exitCode(Process process, int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited in vain for: " + what);
            }
            Thread.sleep(20);
        }
    }

    @Override
    public void close() throws IOException {
        step.close();
        nodes.close();
    }
}
