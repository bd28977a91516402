package org.plateau.tests.nodes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The coupler's job step over all nodes, started again whenever it fails, as a launcher does. */
final class CouplerStep implements AutoCloseable {
    private static final Path HOME = Path.of(System.getenv("PLATEAU_HOME"));

    private final Nodes nodes;
    private final Path work;
    private final Thread supervisor = new Thread(this::supervise, "supervisor");
    private volatile boolean closing;
    private volatile int starts;
    private volatile Process process;

    CouplerStep(Nodes nodes, Path work) throws IOException {
        this.nodes = nodes;
        this.work = work;
        List<String> hosts = new ArrayList<>();
        for (int i = 1; i <= nodes.size(); i++) {
            hosts.add("node" + i + " slots=1");
        }
        Files.write(work.resolve("hostfile"), hosts);
    }

    void start() {
        supervisor.start();
    }

    private void supervise() {
        try {
            int code = -1;
            while (code != 0 && !closing) {
                process = nodes.on(1, "coupler", command()).start();
                starts++;
                code = process.waitFor();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command() {
        return command(
                List.of(
                        "org.plateau.coupler.Coupler",
                        "--settings",
                        work + "/plateau.yaml",
                        "--session",
                        Scenario.SESSION));
    }

    /** Another Java program over all nodes; its output goes to the file of that name. */
    int run(String name, String cores, List<String> program) throws IOException {
        List<String> line = new ArrayList<>(List.of("taskset", "-c", cores));
        line.addAll(command(program));
        return Scenario.exitCode(nodes.on(1, name, line).start(), 120);
    }

    private List<String> command(List<String> program) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "env",
                                "OMPI_ALLOW_RUN_AS_ROOT=1",
                                "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"));
        words.addAll(List.of("mpirun", "--oversubscribe", "--map-by", "node", "--bind-to", "none"));
        words.addAll(List.of("-np", "" + nodes.size(), "--hostfile", work + "/hostfile"));
        words.addAll(mca("plm", "rsh"));
        words.addAll(mca("plm_rsh_agent", work + "/agent"));
        words.addAll(mca("btl", "tcp,self"));
        words.addAll(mca("btl_tcp_if_include", "eth0"));
        words.addAll(mca("oob_tcp_if_include", "eth0"));
        // The nodes share cores, which Open MPI cannot know.
        words.addAll(mca("mpi_yield_when_idle", "1"));
        words.add(ProcessHandle.current().info().command().orElseThrow());
        words.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        words.add("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        words.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        words.add("-Djava.library.path=" + HOME.resolve("native/build/lib"));
        words.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.addAll(program);
        return words;
    }

    private static List<String> mca(String key, String value) {
        return List.of("-mca", key, value);
    }

    /** How often the step has been started. */
    int starts() {
        return starts;
    }

    /** Kills the rank on a node, as the kernel's memory killer would. */
    void killRank(int node) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile(node)).strip());
        Files.delete(pidFile(node));
        new ProcessBuilder("kill", "-KILL", "" + pid).start().waitFor();
    }

    /** Waits until the rank on a node runs. */
    void awaitRank(int node) throws Exception {
        Scenario.eventually(
                "rank on node " + node,
                () -> Files.exists(pidFile(node)) && Files.size(pidFile(node)) > 0);
    }

    /**
     * Nanoseconds of processor time that the threads of that name have taken in the rank on a node,
     * without those that have ended; {@code java} is the one that speaks MPI.
     */
    long processorTime(int node, String thread) throws Exception {
        Path tasks = Path.of("/proc", Files.readString(pidFile(node)).strip(), "task");
        long sum = 0;
        try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
            for (Path task : each) {
                if (Files.readString(task.resolve("comm")).strip().equals(thread)) {
                    String times = Files.readString(task.resolve("schedstat"));
                    sum += Long.parseLong(times.substring(0, times.indexOf(' ')));
                }
            }
        }
        return sum;
    }

    private Path pidFile(int node) {
        return nodes.shm(node).resolve("session/rank.pid");
    }

    /** Waits for the step to end by itself, with success. */
    void awaitEnd() throws Exception {
        supervisor.join(120_000);
        if (supervisor.isAlive() || process.exitValue() != 0) {
            throw new AssertionError(
                    "the coupler did not end:\n" + Files.readString(work.resolve("coupler.log")));
        }
    }

    /** Ends the step as a launcher does whose patience is at its end. */
    void terminate() throws Exception {
        closing = true;
        process.destroy();
        supervisor.join(5_000);
        // mpirun itself may wait for a node that is not there any more.
        process.destroyForcibly();
        supervisor.join(30_000);
    }

    @Override
    public void close() {
        closing = true;
        if (process != null && process.isAlive()) {
            process.destroy();
            if (Scenario.exitCode(process, 10) < 0) {
                process.destroyForcibly();
            }
        }
    }
}
