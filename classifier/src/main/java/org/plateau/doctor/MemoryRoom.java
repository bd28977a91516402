package org.plateau.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What memory there is for rings: the least of what the node has available and what the memory
 * cgroups leave, over this process's own group and every one above it, in the hierarchies of
 * version 1 and 2. Page cache that the kernel can give back counts as room; a 32nd of each limit
 * and of the node's memory is left to what the model may need later. The hook reads the same files
 * before it makes a ring.
 */
public final class MemoryRoom {
    /** Version 1 writes "no limit" as a huge number. */
    private static final long NO_LIMIT = 1L << 60;

    /** This part of a limit is left alone. */
    private static final long LEFT_ALONE = 32;

    private final Path proc;
    private final Path root;

    /**
     * @param proc directory of the process, normally /proc/self
     * @param root of the file system under which the mount points are, normally /
     */
    public MemoryRoom(Path proc, Path root) {
        this.proc = proc;
        this.root = root;
    }

    /** Bytes left; empty if no limit is found. */
    public OptionalLong bytes() {
        long least = Math.min(inHierarchy(Version.ONE), inHierarchy(Version.TWO));
        least = Math.min(least, onNode());
        return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
    }

    private long onNode() {
        List<String> memory = lines(proc.resolve("..").normalize().resolve("meminfo"));
        long total = kilobytes(memory, "MemTotal:");
        long available = kilobytes(memory, "MemAvailable:");
        return total == 0 || available == 0
                ? Long.MAX_VALUE
                : Math.max(0, available - total / LEFT_ALONE) << 10;
    }

    private static long kilobytes(List<String> memory, String name) {
        return memory.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> parsed(line.substring(name.length()).replace("kB", "")))
                .findFirst()
                .orElse(0);
    }

    private long inHierarchy(Version version) {
        for (String line : lines(proc.resolve("mountinfo"))) {
            String[] halves = line.split(" - ", 2);
            if (halves.length == 2 && version.isMountedBy(halves[1])) {
                String[] words = halves[0].split(" ");
                return words.length > 4
                        ? upwards(version, words[3], below(words[4]))
                        : Long.MAX_VALUE;
            }
        }
        return Long.MAX_VALUE;
    }

    private Path below(String mountPoint) {
        return root.resolve(mountPoint.replaceFirst("^/+", ""));
    }

    private long upwards(Version version, String mountRoot, Path mountPoint) {
        long least = Long.MAX_VALUE;
        Path group = mountPoint.resolve(groupBelow(version, mountRoot)).normalize();
        if (!Files.isDirectory(group)) { // another namespace's path: the mount point must do
            group = mountPoint;
        }
        for (; group != null && group.startsWith(mountPoint); group = group.getParent()) {
            least = Math.min(least, roomAt(version, group));
        }
        return least;
    }

    private String groupBelow(Version version, String mountRoot) {
        for (String line : lines(proc.resolve("cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && version.isNamedBy(parts[1])) {
                boolean inside = !mountRoot.equals("/") && parts[2].startsWith(mountRoot);
                String path = inside ? parts[2].substring(mountRoot.length()) : parts[2];
                return path.replaceFirst("^/+", "");
            }
        }
        return "";
    }

    private static long roomAt(Version version, Path group) {
        long limit = number(group.resolve(version.limit));
        long usage = number(group.resolve(version.usage));
        if (limit < 0 || usage < 0 || limit >= NO_LIMIT) {
            return Long.MAX_VALUE;
        }
        List<String> statistics = lines(group.resolve("memory.stat"));
        long spare =
                Math.max(0, entry(statistics, version.cache) - entry(statistics, version.shared));
        return Math.max(0, limit - limit / LEFT_ALONE - Math.max(0, usage - spare));
    }

    private static long entry(List<String> statistics, String name) {
        return statistics.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> parsed(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** A file's number; -1 if it has none. */
    private static long number(Path file) {
        return lines(file).stream().mapToLong(MemoryRoom::parsed).findFirst().orElse(-1);
    }

    private static long parsed(String text) {
        String digits = text.strip();
        if (!digits.matches("\\d+")) {
            return digits.equals("max") ? Long.MAX_VALUE : -1;
        }
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The two kinds of cgroups and their files. */
    private enum Version {
        ONE("memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache", "total_shmem"),
        TWO("memory.max", "memory.current", "file", "shmem");

        private final String limit;
        private final String usage;
        private final String cache;
        private final String shared;

        Version(String limit, String usage, String cache, String shared) {
            this.limit = limit;
            this.usage = usage;
            this.cache = cache;
            this.shared = shared;
        }

        /** Takes what stands behind the dash of a line of mountinfo. */
        boolean isMountedBy(String mount) {
            String[] words = mount.split(" ");
            return this == TWO
                    ? words[0].equals("cgroup2")
                    : words[0].equals("cgroup") && words[words.length - 1].contains("memory");
        }

        /** Takes the controllers of a line of /proc/self/cgroup. */
        boolean isNamedBy(String controllers) {
            return this == TWO ? controllers.isEmpty() : controllers.contains("memory");
        }
    }
}
