package org.plateau.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plateau.tests.Program.Outcome;
import org.plateau.tests.nodes.Nodes;

/**
 * A Slurm on virtual nodes of this machine, each with a network, a host name and a /dev/shm of its
 * own: partition {@code cpu} with node1 and node2, partition {@code gpu} with node3, whose GPU is
 * none, and node4, from which jobs are submitted. Jobs of {@code spare}, on node2, are requeued
 * when one of {@code urgent} wants their cores, those of {@code notice} ten seconds later, and
 * those of {@code lost} are cancelled ten seconds later. Every node runs {@code slurm/epilog.sh}
 * after a job, and notes what it found to remove.
 */
final class Slurm implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern SUBMITTED = Pattern.compile("Submitted batch job (\\d+)");
    private static final int LOGIN = 4;
    private static final List<String> UNDER_WAY =
            List.of("PENDING", "CONFIGURING", "RUNNING", "COMPLETING", "REQUEUED");

    private final Path directory;
    private final List<Process> daemons = new ArrayList<>();
    private final Nodes nodes;

    private final boolean enforcing;

    private Slurm(Path directory, Nodes nodes, boolean enforcing) {
        this.directory = directory;
        this.nodes = nodes;
        this.enforcing = enforcing;
    }

    /** Starts one; it is up when this returns. */
    static Slurm start() throws Exception {
        return start(false);
    }

    /** One whose jobs the kernel keeps to the cores and the memory that they asked for. */
    static Slurm startEnforcing() throws Exception {
        return start(true);
    }

    private static Slurm start(boolean enforcing) throws Exception {
        Path directory = Files.createTempDirectory("plateau-slurm-");
        Slurm slurm = new Slurm(directory, Nodes.up(directory, LOGIN, ""), enforcing);
        try {
            slurm.startMunge();
            SlurmFiles.write(directory, enforcing);
            slurm.daemon(LOGIN, "slurmctld", "slurmctld", "-D");
            for (int node = 1; node < LOGIN; node++) {
                slurm.startNode(node);
            }
            Eventually.holds("three idle nodes", START, slurm::idle);
        } catch (Exception | AssertionError e) {
            slurm.keepLogs();
            slurm.close();
            throw e;
        }
        return slurm;
    }

    private void startNode(int node) throws IOException {
        Files.createDirectories(directory.resolve("tmp-node" + node));
        daemon(node, "slurmd-node" + node, "slurmd", "-D", "-N", "node" + node);
    }

    private void startMunge() throws Exception {
        Path key = directory.resolve("munge.key");
        byte[] secret = new byte[128];
        new SecureRandom().nextBytes(secret);
        Files.write(key, secret);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        daemon(
                LOGIN,
                "munged",
                "munged",
                "--foreground",
                "--force",
                "--num-threads=2",
                "--key-file=" + key,
                "--socket=" + directory.resolve("munge.socket"),
                "--pid-file=" + directory.resolve("munge.pid"),
                "--log-file=" + directory.resolve("munge.log"),
                "--seed-file=" + directory.resolve("munge.seed"));
        Eventually.holds(
                "munged's socket", START, () -> Files.exists(directory.resolve("munge.socket")));
    }

    private void daemon(int node, String name, String... command) throws IOException {
        List<String> words = nodes.commandOn(node, List.of(command));
        daemons.add(0, ours(Program.in(directory, words)).named(name).start());
    }

    private Program ours(Program program) {
        return program.with("SLURM_CONF", directory.resolve("slurm.conf").toString());
    }

    private boolean idle() throws Exception {
        Outcome nodes =
                command("sinfo", "--noheader", "--Node", "--partition=cpu,gpu", "--format=%t");
        return nodes.code() == 0
                && nodes.text().lines().filter("idle"::equals).count() == LOGIN - 1;
    }

    /** Runs one of Slurm's commands. */
    Outcome command(String... words) throws IOException, InterruptedException {
        // Tests run side by side: what a command says goes to a file of its thread.
        String file = "command-" + Thread.currentThread().getId();
        return ours(Program.in(directory, nodes.commandOn(LOGIN, List.of(words))).named(file))
                .run();
    }

    /**
     * Submits a script from a directory.
     *
     * @return the job's number
     */
    String submit(Path from, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sbatch", "--chdir=" + from));
        line.addAll(List.of(words));
        Program program = ours(Program.in(from, nodes.commandOn(LOGIN, line)).named("sbatch"));
        environment.forEach(program::with);
        Outcome outcome = program.run().succeeded();
        Matcher matcher = SUBMITTED.matcher(outcome.text());
        if (!matcher.find()) {
            throw new AssertionError("expected a job number, got " + outcome.text());
        }
        return matcher.group(1);
    }

    /** One of the fields that {@code scontrol show job} prints, such as JobState or ExitCode. */
    String field(String job, String name) throws IOException, InterruptedException {
        String text = command("scontrol", "show", "job", job).succeeded().text();
        Matcher matcher = Pattern.compile("\\b" + name + "=(\\S+)").matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("expected " + name + " of job " + job + " in " + text);
        }
        return matcher.group(1);
    }

    /** Waits until the job is over; its state. */
    String await(String job, Duration limit) throws Exception {
        Eventually.holds(
                "the end of job " + job, limit, () -> !UNDER_WAY.contains(field(job, "JobState")));
        return field(job, "JobState");
    }

    /**
     * Waits until a requeued job runs once more. Slurm holds it back for as long as a credential of
     * its first attempt could be good, two minutes by default; nobody has to wait for that here.
     */
    void startAgain(String job, Duration limit) throws Exception {
        Eventually.holds(
                "the second attempt of job " + job,
                limit,
                () -> {
                    command("scontrol", "update", "JobId=" + job, "StartTime=now");
                    return field(job, "Restarts").equals("1")
                            && field(job, "JobState").equals("RUNNING");
                });
    }

    /** The sessions that lie on the nodes and belong to a job. */
    List<String> sessions(String job) throws IOException {
        List<String> found = new ArrayList<>();
        for (int node = 1; node < LOGIN; node++) {
            try (var sessions = Files.newDirectoryStream(nodes.shm(node), "plateau-*-" + job)) {
                for (Path session : sessions) {
                    found.add("node" + node + "/" + session.getFileName());
                }
            }
        }
        return found;
    }

    /** A session of a job on a node, as it is seen from here. */
    Path session(int node, String job) throws IOException {
        try (var found = Files.newDirectoryStream(nodes.shm(node), "plateau-*-" + job)) {
            return found.iterator().next();
        }
    }

    /** A folder that is another disk on every node. */
    Path nodeDisk() {
        return directory.resolve("disk");
    }

    /** The queues that lie in a folder of the nodes' disks. */
    List<Path> queues(String folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (int node = 1; node < LOGIN; node++) {
            Path queues = nodes.disk(node).resolve(folder);
            if (Files.isDirectory(queues)) {
                try (var files = Files.list(queues)) {
                    files.forEach(found::add);
                }
            }
        }
        return found;
    }

    /** Whether the Epilog found a session of the job still there. */
    boolean epilogFound(String job) throws IOException {
        Path found = directory.resolve("found");
        return Files.exists(found)
                && Files.readAllLines(found).stream().anyMatch(line -> line.endsWith("-" + job));
    }

    private void keepLogs() {
        System.err.println("Slurm did not start; its logs:");
        try (var files = Files.newDirectoryStream(directory, "*.out")) {
            for (Path file : files) {
                System.err.println("---- " + file + "\n" + Files.readString(file));
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            endJobs();
            for (Process daemon : daemons) {
                daemon.destroy();
                if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
                    daemon.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        nodes.close();
        if (enforcing) {
            Cgroups.clear(LOGIN);
        }
        Workplace.remove(directory);
    }

    private void endJobs() throws IOException, InterruptedException {
        if (daemons.size() < 2) {
            return;
        }
        command("scancel", "--user=" + System.getProperty("user.name"));
        for (int i = 0; i < 600; i++) {
            if (command("squeue", "--noheader").text().isBlank()) {
                return;
            }
            Thread.sleep(100);
        }
    }
}
