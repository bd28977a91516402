package org.plateau.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/**
 * A Slurm of two nodes on this machine: partition {@code cpu} with node n1 and partition {@code
 * gpu} with node n2. Its daemons, keys, ports and state are its own, under a temporary directory,
 * so that it gets along with one that is installed.
 */
final class Slurm implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Pattern SUBMITTED = Pattern.compile("Submitted batch job (\\d+)");

    private final Path directory;
    private final List<Process> daemons = new ArrayList<>();

    private Slurm(Path directory) {
        this.directory = directory;
    }

    /** Starts one; it is up when this returns. */
    static Slurm start() throws Exception {
        Slurm slurm = new Slurm(Files.createTempDirectory("plateau-slurm-"));
        try {
            slurm.startMunge();
            slurm.configure();
            slurm.daemon("slurmctld", "slurmctld", "-D");
            slurm.daemon("slurmd-n1", "slurmd", "-D", "-N", "n1");
            slurm.daemon("slurmd-n2", "slurmd", "-D", "-N", "n2");
            Eventually.holds("two idle nodes", START, slurm::idle);
        } catch (Exception | AssertionError e) {
            slurm.keepLogs();
            slurm.close();
            throw e;
        }
        return slurm;
    }

    private void startMunge() throws Exception {
        Path key = directory.resolve("munge.key");
        byte[] secret = new byte[128];
        new SecureRandom().nextBytes(secret);
        Files.write(key, secret);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        daemon(
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

    private void configure() throws IOException {
        String host = InetAddress.getLocalHost().getHostName().split("\\.")[0];
        String user = System.getProperty("user.name");
        int[] port = freePorts(3);
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(
                directory.resolve("slurm.conf"),
                """
                ClusterName=plateau
                SlurmctldHost=%1$s(127.0.0.1)
                SlurmctldPort=%4$d
                SlurmUser=%2$s
                SlurmdUser=%2$s
                AuthType=auth/munge
                AuthInfo=socket=%3$s/munge.socket
                CredType=cred/munge
                StateSaveLocation=%3$s/state
                SlurmdSpoolDir=%3$s/spool-%%n
                SlurmctldPidFile=%3$s/slurmctld.pid
                SlurmdPidFile=%3$s/slurmd-%%n.pid
                ProctrackType=proctrack/linuxproc
                TaskPlugin=task/none
                MpiDefault=none
                SwitchType=switch/none
                JobAcctGatherType=jobacct_gather/none
                AccountingStorageType=accounting_storage/none
                SchedulerType=sched/backfill
                SchedulerParameters=bf_interval=1,sched_min_interval=100000,batch_sched_delay=0
                SelectType=select/cons_tres
                SelectTypeParameters=CR_Core
                SlurmdParameters=config_overrides
                ReturnToService=2
                KillWait=30
                MinJobAge=3600
                OverTimeLimit=0
                MailProg=/bin/true
                NodeName=n1 NodeHostname=%1$s NodeAddr=127.0.0.1 Port=%5$d CPUs=8 State=UNKNOWN
                NodeName=n2 NodeHostname=%1$s NodeAddr=127.0.0.1 Port=%6$d CPUs=8 State=UNKNOWN
                PartitionName=cpu Nodes=n1 Default=YES MaxTime=INFINITE State=UP
                PartitionName=gpu Nodes=n2 MaxTime=INFINITE State=UP
                """
                        .formatted(host, user, directory, port[0], port[1], port[2]));
    }

    private static int[] freePorts(int count) throws IOException {
        int[] ports = new int[count];
        List<ServerSocket> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            ports[i] = socket.getLocalPort();
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        return ports;
    }

    private void daemon(String name, String... command) throws IOException {
        daemons.add(0, ours(Program.in(directory, command)).named(name).start());
    }

    private Program ours(Program program) {
        return program.with("SLURM_CONF", directory.resolve("slurm.conf").toString());
    }

    private boolean idle() throws Exception {
        Outcome nodes = command("sinfo", "--noheader", "--Node", "--format=%t");
        return nodes.code() == 0 && nodes.text().lines().filter("idle"::equals).count() == 2;
    }

    /** Runs one of Slurm's commands. */
    Outcome command(String... words) throws IOException, InterruptedException {
        return ours(Program.in(directory, words)).run();
    }

    /**
     * Submits a script from a directory.
     *
     * @return the job's number
     */
    String submit(Path from, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sbatch"));
        line.addAll(List.of(words));
        Program program = ours(Program.in(from, line));
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
                "the end of job " + job,
                limit,
                () ->
                        !List.of("PENDING", "CONFIGURING", "RUNNING", "COMPLETING")
                                .contains(field(job, "JobState")));
        return field(job, "JobState");
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
