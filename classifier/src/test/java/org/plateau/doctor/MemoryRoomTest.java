package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryRoomTest {
    private static final String ONE =
            "35 31 0:32 / /cgroup/memory rw,relatime - cgroup cgroup rw,memory\n";
    private static final String TWO = "41 31 0:38 / /cgroup rw,relatime - cgroup2 cgroup2 rw\n";

    @TempDir private Path root;
    private Path proc;

    @BeforeEach
    void makeProc() throws IOException {
        proc = Files.createDirectory(root.resolve("proc"));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private OptionalLong room() {
        return new MemoryRoom(proc, root).bytes();
    }

    @Test
    void theTightestGroupAboveDecides() throws IOException {
        write("proc/mountinfo", TWO);
        write("proc/cgroup", "0::/job/step\n");
        write("cgroup/job/memory.max", "1000\n");
        write("cgroup/job/memory.current", "700\n");
        write("cgroup/job/step/memory.max", "max\n");
        write("cgroup/job/step/memory.current", "600\n");
        assertEquals(OptionalLong.of(269), room());
    }

    @Test
    void cacheThatCanBeGivenBackIsRoom() throws IOException {
        write("proc/mountinfo", TWO);
        write("proc/cgroup", "0::/job\n");
        write("cgroup/job/memory.max", "1000\n");
        write("cgroup/job/memory.current", "700\n");
        write("cgroup/job/memory.stat", "anon 100\nfile 500\nshmem 200\n");
        assertEquals(OptionalLong.of(569), room());
    }

    @Test
    void versionOneIsReadToo() throws IOException {
        write("proc/mountinfo", ONE);
        write("proc/cgroup", "4:memory:/job\n0::/\n");
        write("cgroup/memory/job/memory.limit_in_bytes", "1000\n");
        write("cgroup/memory/job/memory.usage_in_bytes", "100\n");
        write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write("cgroup/memory/memory.usage_in_bytes", "5000\n");
        assertEquals(OptionalLong.of(869), room());
    }

    @Test
    void aContainersMountPointStandsForItsGroup() throws IOException {
        write("proc/mountinfo", ONE.replace("0:32 / ", "0:32 /docker/abc "));
        write("proc/cgroup", "4:memory:/docker/abc\n");
        write("cgroup/memory/memory.limit_in_bytes", "1000\n");
        write("cgroup/memory/memory.usage_in_bytes", "1\n");
        assertEquals(OptionalLong.of(968), room());
    }

    @Test
    void theNodesOwnMemoryIsABoundToo() throws IOException {
        write("meminfo", "MemTotal:     1048576 kB\nMemFree: 9 kB\nMemAvailable:    204800 kB\n");
        assertEquals(OptionalLong.of((204800L - 32768) << 10), room());
    }

    @Test
    void withoutCgroupsThereIsNoLimit() {
        assertEquals(OptionalLong.empty(), room());
    }
}
