package org.plateau.tests.nodes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Virtual nodes, numbered from 1. */
public final class Nodes implements AutoCloseable {
    private static final Path HOME = Path.of(System.getenv("PLATEAU_HOME"));

    private final Path work;
    private final int size;

    private Nodes(Path work, int size) {
        this.work = work;
        this.size = size;
    }

    /**
     * Makes nodes.
     *
     * @param disk size of a node's disk as {@code mount} has it; empty: that of this machine
     */
    public static Nodes up(Path work, int size, String disk) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (System.getenv("CI") != null) {
            Assertions.assertTrue(root, "virtual nodes need root");
        }
        Assumptions.assumeTrue(root, "SKIPPED: virtual nodes need root");
        Nodes nodes = new Nodes(work, size);
        ProcessBuilder up = new ProcessBuilder(nodes.script("up", work.toString(), "" + size));
        up.environment().put("NODE_DISK", disk);
        nodes.call(up);
        Path agent = work.resolve("agent");
        String script = HOME.resolve("tests/nodes/nodes.sh").toString();
        Files.writeString(agent, "#!/bin/sh\nexec " + script + " agent " + work + " \"$@\"\n");
        agent.toFile().setExecutable(true);
        return nodes;
    }

    public int size() {
        return size;
    }

    /** A folder as it is seen from outside the nodes. */
    public Path shm(int node) {
        return work.resolve("node" + node + "/shm");
    }

    /** A folder as it is seen from outside the nodes. */
    public Path disk(int node) {
        return work.resolve("node" + node + "/disk");
    }

    /** A command line that runs on a node. */
    public List<String> commandOn(int node, List<String> command) {
        List<String> words = script("run", work.toString(), "" + node);
        words.addAll(command);
        return words;
    }

    /** A command to be started on a node; its output goes to a file of that name. */
    ProcessBuilder on(int node, String name, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(commandOn(node, command));
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(work.resolve(name + ".log").toFile()));
        return builder;
    }

    void cut(int node) throws Exception {
        call(new ProcessBuilder(script("cut", work.toString(), "" + node)));
    }

    void mend(int node) throws Exception {
        call(new ProcessBuilder(script("mend", work.toString(), "" + node)));
    }

    private List<String> script(String... words) {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("tests/nodes/nodes.sh").toString());
        command.addAll(List.of(words));
        return command;
    }

    private void call(ProcessBuilder builder) throws IOException {
        Path log = work.resolve("nodes.log");
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        if (Scenario.exitCode(process, 30) != 0) {
            throw new AssertionError(builder.command() + " failed:\n" + Files.readString(log));
        }
    }

    @Override
    public void close() throws IOException {
        call(new ProcessBuilder(script("down", work.toString())));
    }
}
