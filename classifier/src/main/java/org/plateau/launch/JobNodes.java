package org.plateau.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.plateau.settings.SettingsException;

/**
 * The nodes of a job.
 *
 * @param here the node of this process
 * @param sink the node of the classifier and of the coupler's rank 0
 * @param model the nodes on which the model may write
 */
record JobNodes(String here, String sink, List<String> model) {
    private static final String NODES = "PLATEAU_NODES";
    private static final String HOSTFILE = "PLATEAU_HOSTFILE";
    private static final String CLASSIFIER = "PLATEAU_CLASSIFIER_NODE";

    JobNodes {
        model = List.copyOf(model);
    }

    /**
     * The nodes of a machine file as {@code mpirun} has it, else those of the Slurm job, of a
     * heterogeneous one those of its first component; else this one alone. PLATEAU_NODES wins over
     * all, PLATEAU_CLASSIFIER_NODE says where the classifier runs.
     *
     * @param hostfile machine file; null: the one that PLATEAU_HOSTFILE names, if any
     * @throws SettingsException if this node is not among them
     */
    static JobNodes of(Map<String, String> environment, Path hostfile) {
        return of(
                environment,
                hostfile,
                hostName(),
                list -> Programs.output("scontrol", "show", "hostnames", list));
    }

    static JobNodes of(
            Map<String, String> environment,
            Path hostfile,
            String host,
            UnaryOperator<String> expand) {
        String name = environment.getOrDefault("SLURMD_NODENAME", host);
        List<String> named = listed(environment, hostfile, expand);
        List<String> model = named.isEmpty() ? List.of(name) : named;
        String here =
                model.stream()
                        .filter(node -> same(node, name) || same(node, host))
                        .findFirst()
                        .orElseThrow(() -> notAmong(name, model));
        String sink = environment.getOrDefault(CLASSIFIER, "");
        return new JobNodes(here, sink.isEmpty() || same(sink, here) ? here : sink, model);
    }

    private static List<String> listed(
            Map<String, String> environment, Path hostfile, UnaryOperator<String> expand) {
        String chosen = environment.getOrDefault(NODES, "");
        if (!chosen.isEmpty()) {
            return distinct(List.of(chosen.split("[\\s,]+")));
        }
        String file = environment.getOrDefault(HOSTFILE, "");
        if (hostfile != null || !file.isEmpty()) {
            return machines(hostfile == null ? Path.of(file) : hostfile);
        }
        String ofJob =
                environment.getOrDefault(
                        "SLURM_JOB_NODELIST_HET_GROUP_0",
                        environment.getOrDefault("SLURM_JOB_NODELIST", ""));
        boolean several = ofJob.contains(",") || ofJob.contains("[");
        return several ? distinct(expand.apply(ofJob).lines().toList()) : List.of();
    }

    /** A machine file: a name a line, then what else the MPI wants to know. */
    private static List<String> machines(Path file) {
        try {
            return distinct(
                    Files.readAllLines(file).stream()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .map(line -> line.split("[\\s:]+", 2)[0])
                            .toList());
        } catch (IOException e) {
            throw new SettingsException(
                    file + ": expected a machine file, one node a line; found " + e.getMessage());
        }
    }

    private static List<String> distinct(List<String> names) {
        Set<String> seen = new LinkedHashSet<>(names);
        seen.remove("");
        return new ArrayList<>(seen);
    }

    private static SettingsException notAmong(String name, List<String> model) {
        return new SettingsException(
                "expected to run on a node of the job ("
                        + String.join(", ", model)
                        + "), this is "
                        + name
                        + "; start Plateau in the job script, or name the nodes in "
                        + NODES
                        + " or "
                        + HOSTFILE);
    }

    /** Names with and without their domain are the same. */
    private static boolean same(String one, String other) {
        return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/sys/kernel/hostname: cannot be read", e);
        }
    }

    /** Whether this node is the only one. */
    boolean single() {
        return away().isEmpty();
    }

    boolean classifierIsHere() {
        return sink.equals(here);
    }

    /** Whether the model writes on the node of the classifier, too. */
    boolean modelOnSink() {
        return model.contains(sink);
    }

    /** Nodes of the coupler's ranks from 1 on. */
    List<String> relays() {
        return model.stream().filter(node -> !node.equals(sink)).toList();
    }

    /** All nodes but this one. */
    List<String> away() {
        List<String> nodes = new ArrayList<>(relays());
        nodes.add(0, sink);
        nodes.remove(here);
        return nodes;
    }
}
