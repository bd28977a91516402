package org.plateau.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** This machine's control groups of version 1, with which Slurm 22.05 keeps jobs to their share. */
final class Cgroups {
    static final Path ROOT = Path.of("/sys/fs/cgroup");

    private static final List<String> WANTED = List.of("freezer", "cpuset", "memory");

    private Cgroups() {}

    /** Whether groups can be made in all hierarchies that Slurm wants. */
    static boolean usable() {
        return WANTED.stream()
                .map(ROOT::resolve)
                .allMatch(tree -> Files.exists(tree.resolve("tasks")) && Files.isWritable(tree));
    }

    /** The group of a process in a hierarchy. */
    static Path of(long process, String hierarchy) throws IOException {
        String group =
                Files.readAllLines(Path.of("/proc/" + process + "/cgroup")).stream()
                        .map(line -> line.split(":", 3))
                        .filter(words -> Arrays.asList(words[1].split(",")).contains(hierarchy))
                        .map(words -> words[2])
                        .findFirst()
                        .orElseThrow();
        return ROOT.resolve(hierarchy).resolve(group.substring(1));
    }

    static String value(Path group, String file) throws IOException {
        return Files.readString(group.resolve(file)).strip();
    }

    /** Removes what a Slurm that has ended leaves: the empty groups of its nodes. */
    static void clear(int nodes) throws IOException {
        for (String hierarchy : WANTED) {
            for (int node = 1; node <= nodes; node++) {
                Path left = ROOT.resolve(hierarchy).resolve("slurm_node" + node);
                if (Files.exists(left)) {
                    remove(left);
                }
            }
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> groups = Files.walk(tree)) {
            for (Path group :
                    groups.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(group);
            }
        }
    }
}
