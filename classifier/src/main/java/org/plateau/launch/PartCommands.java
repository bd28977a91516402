package org.plateau.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.plateau.queue.QueueSettings;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsException;

/**
 * The command lines of the parts, out of the environment that {@code slurm/env.sh} describes. The
 * model's environment is not touched: what a part needs is in its own.
 */
final class PartCommands {
    private static final Set<String> TRAVELLING = Set.of("PATH", "LD_LIBRARY_PATH", "JAVA_HOME");

    /** Tells {@code slurm/bin/plateau} that the batch system's SIGTERM is not for this part. */
    static final String SHIELDED = "PLATEAU_SHIELDED";

    private final Map<String, String> environment;
    private final Path home;
    private final Mpirun mpirun;

    /**
     * @param environment of the launch
     * @throws SettingsException if it does not say where Plateau is
     */
    PartCommands(Map<String, String> environment) {
        this(environment, mpirun -> Programs.said(mpirun, "--version"));
    }

    /**
     * @param mpirunVersion what an mpirun says of itself; empty if there is none
     */
    PartCommands(Map<String, String> environment, UnaryOperator<String> mpirunVersion) {
        this.environment = environment;
        mpirun = new Mpirun(value("PLATEAU_COUPLER_MPIRUN", "mpirun"), mpirunVersion);
        String home = environment.get("PLATEAU_HOME");
        if (home == null || home.isEmpty()) {
            throw new SettingsException(
                    "expected PLATEAU_HOME in the environment, found none; source slurm/env.sh or"
                            + " use slurm/bin/plateau");
        }
        this.home = Path.of(home);
    }

    /** The coupler on one node: a single rank, which needs no MPI if none of use is there. */
    List<String> coupler(Path settings, Path session) {
        if (!mpirun.isOpenMpi()) {
            List<String> alone = new ArrayList<>(List.of("setsid", script("node.sh"), "calm"));
            alone.addAll(List.of("env", "-u", "OMPI_COMM_WORLD_SIZE", "-u", "PMIX_RANK"));
            alone.addAll(rank(settings, session));
            return alone;
        }
        List<String> command = mpirun();
        command.addAll(List.of("-np", "1"));
        command.addAll(rank(settings, session));
        return command;
    }

    /**
     * The coupler's job step over several nodes, one rank on each, the first where the classifier
     * is.
     *
     * @param launch identity of the launch, for the sessions that the ranks make
     * @param extra what the coupler's own environment has besides
     */
    List<String> coupler(
            Path settings, Path session, JobNodes nodes, String launch, Map<String, String> extra) {
        List<String> rank = new ArrayList<>(List.of(script("node.sh"), "rank", session.toString()));
        rank.addAll(rank(settings, session));
        rank.addAll(List.of("--launch", launch));
        rank.addAll(List.of("--sink-rings", nodes.modelOnSink() ? "yes" : "no"));
        String launcher = launcherName();
        return switch (launcher) {
            case "mpirun" -> overMpirun(nodes, rank, extra);
            case "srun" -> overSrun(nodes, rank);
            default ->
                    throw new SettingsException(
                            "PLATEAU_COUPLER_LAUNCHER: expected mpirun or srun, found '"
                                    + launcher
                                    + "' (slurm/env.sh)");
        };
    }

    private List<String> overMpirun(JobNodes nodes, List<String> rank, Map<String, String> extra) {
        List<String> command = mpirun();
        // Its daemons are started as job steps (or by ssh), one a node, and stay in them.
        command.addAll(List.of("-mca", "plm", "rsh", "-mca", "plm_rsh_no_tree_spawn", "1"));
        command.addAll(List.of("-mca", "plm_rsh_agent", script("agent.sh")));
        command.add("--leave-session-attached");
        command.addAll(context(List.of(nodes.sink()), rank, extra));
        if (!nodes.relays().isEmpty()) {
            command.add(":");
            command.addAll(context(nodes.relays(), rank, extra));
        }
        return command;
    }

    /** One of mpirun's application contexts; an option -x counts for its own context only. */
    private List<String> context(List<String> hosts, List<String> rank, Map<String, String> extra) {
        Set<String> names = new TreeSet<>(environment.keySet());
        names.addAll(extra.keySet());
        names.removeIf(
                name -> !travels(name) && (name.startsWith("OMPI_") || !extra.containsKey(name)));
        List<String> words = new ArrayList<>();
        for (String name : names) {
            words.addAll(List.of("-x", name));
        }
        words.addAll(List.of("-np", Integer.toString(hosts.size())));
        words.addAll(List.of("--host", String.join(",", hosts), "--map-by", "node"));
        words.addAll(rank);
        return words;
    }

    private static boolean travels(String name) {
        return name.startsWith("PLATEAU_") || TRAVELLING.contains(name);
    }

    private List<String> overSrun(JobNodes nodes, List<String> rank) {
        String size = Integer.toString(nodes.relays().size() + 1);
        List<String> command = new ArrayList<>(List.of("setsid", "srun"));
        command.addAll(words("PLATEAU_SRUN_OPTIONS", "--overlap --mem=0 --cpu-bind=none"));
        // Rank 0 on the first node named, not on the first in Slurm's own order; and the whole
        // environment, also in a job that was submitted with --export=NONE.
        command.addAll(List.of("--distribution=arbitrary", "--export=ALL"));
        command.addAll(List.of("--mpi=" + value("PLATEAU_COUPLER_PMI", "pmix")));
        command.addAll(List.of("--nodes=" + size, "--ntasks=" + size, "--ntasks-per-node=1"));
        List<String> hosts = new ArrayList<>(List.of(nodes.sink()));
        hosts.addAll(nodes.relays());
        command.add("--nodelist=" + String.join(",", hosts));
        command.addAll(List.of(script("node.sh"), "shield", quoted(rank)));
        return command;
    }

    private List<String> mpirun() {
        List<String> command = new ArrayList<>(List.of("setsid", script("node.sh"), "calm"));
        command.add(mpirun.name());
        command.addAll(words("PLATEAU_COUPLER_MPI_OPTIONS", "--bind-to none --oversubscribe"));
        return command;
    }

    /**
     * What is to be said of an mpirun that is not Open MPI's, as the model's own may not be.
     *
     * @throws SettingsException if the nodes cannot do without
     */
    Optional<String> otherMpi(JobNodes nodes) {
        boolean needless = launcherName().equals("srun") && !nodes.single();
        return needless || mpirun.isOpenMpi()
                ? Optional.empty()
                : Optional.of(mpirun.remark(nodes.away().size() + 1));
    }

    private String launcherName() {
        return value("PLATEAU_COUPLER_LAUNCHER", "mpirun");
    }

    private List<String> rank(Path settings, Path session) {
        List<String> command = new ArrayList<>(List.of(launcher(), "coupler"));
        command.addAll(List.of("--settings", settings.toString()));
        command.addAll(List.of("--session", session.toString()));
        return command;
    }

    Map<String, String> couplerEnvironment(Path runDirectory, Path queue) {
        return assignments(
                runDirectory,
                queue,
                "PLATEAU_COUPLER_ENV",
                "UCX_ERROR_SIGNALS= OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1");
    }

    /** The classifier on this node. */
    List<String> classifier(Path settings) {
        return List.of("setsid", launcher(), "classify", "--settings", settings.toString());
    }

    /** The classifier on another node. */
    List<String> classifier(Path settings, Path session, String node, Map<String, String> extra) {
        List<String> line = inOurEnvironment();
        extra.forEach((name, value) -> line.add(name + "=" + value));
        line.addAll(List.of(script("node.sh"), "part", session.toString(), "classifier"));
        line.addAll(List.of(launcher(), "classify", "--settings", settings.toString()));
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(on(node, line));
        return command;
    }

    /** The start of a line for another node's shell, with what of the environment travels. */
    private List<String> inOurEnvironment() {
        List<String> line = new ArrayList<>(List.of("cd", Path.of("").toAbsolutePath().toString()));
        line.addAll(List.of("&&", "exec", "env"));
        environment.forEach(
                (name, value) -> {
                    if (travels(name)) {
                        line.add(name + "=" + value);
                    }
                });
        return line;
    }

    /** Leaves word in the run directory of what another node's rings still hold. */
    List<String> ringsLeft(String node, LaunchSettings settings, Path session) {
        List<String> line = inOurEnvironment();
        line.addAll(rank(settings.file(), session));
        line.addAll(List.of("--left-to", settings.runDirectory().toString()));
        return on(node, line);
    }

    Map<String, String> classifierEnvironment(Path runDirectory, Path queue) {
        return assignments(
                runDirectory, queue, "PLATEAU_CLASSIFIER_ENV", "OMP_WAIT_POLICY=passive");
    }

    /** Ends what is left on another node, and removes its session and its queue. */
    List<String> sweep(String node, Path session, Path queue) {
        return on(node, List.of(script("node.sh"), "sweep", session.toString(), queue.toString()));
    }

    private List<String> on(String node, List<String> words) {
        return List.of(script("agent.sh"), node, quoted(words));
    }

    /** As one line for a shell. */
    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> word.equals("&&") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    List<String> watchdog(Path session, long owner) {
        return List.of("setsid", script("watchdog.sh"), session.toString(), Long.toString(owner));
    }

    List<String> supervisor(List<String> options) {
        List<String> command = new ArrayList<>(List.of("setsid", launcher(), "supervise"));
        command.addAll(options);
        return command;
    }

    /** Where {@code plateau-hook} is. */
    Path programs() {
        return home.resolve("slurm/bin");
    }

    private String launcher() {
        return programs().resolve("plateau").toString();
    }

    private String script(String name) {
        return home.resolve("slurm").resolve(name).toString();
    }

    private Map<String, String> assignments(
            Path runDirectory, Path queue, String variable, String otherwise) {
        Map<String, String> result = new LinkedHashMap<>();
        result.put(RunSettings.DIRECTORY, runDirectory.toString());
        result.put(QueueSettings.DIRECTORY, queue.toString());
        result.put(SHIELDED, "yes");
        for (String word : words(variable, otherwise)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new SettingsException(
                        variable
                                + ": expected NAME=VALUE separated by blanks, found '"
                                + word
                                + "' (slurm/env.sh)");
            }
            result.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return result;
    }

    private List<String> words(String variable, String otherwise) {
        String text = value(variable, otherwise).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    private String value(String variable, String otherwise) {
        String value = environment.get(variable);
        return value == null ? otherwise : value;
    }
}
