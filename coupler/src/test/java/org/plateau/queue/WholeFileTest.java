package org.plateau.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WholeFileTest {
    private static final int PROCESSES = 4;
    private static final int TIMES = 200;

    @TempDir Path folder;

    private RecordQueue queue() {
        return RecordQueue.open(folder.resolve("inbox"), QueueSettings.in(folder));
    }

    @Test
    void allWhoComeAtOnceGetTheSameText() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
        try {
            for (int time = 0; time < TIMES; time++) {
                Path file = folder.resolve("file" + time);
                CyclicBarrier together = new CyclicBarrier(PROCESSES);
                List<Future<String>> found = new ArrayList<>();
                for (int process = 0; process < PROCESSES; process++) {
                    String mine = "text of " + process;
                    found.add(
                            threads.submit(
                                    () -> {
                                        together.await();
                                        return WholeFile.once(file, () -> mine);
                                    }));
                }
                Set<String> texts = new HashSet<>();
                for (Future<String> one : found) {
                    texts.add(one.get());
                }
                assertEquals(Set.of(Files.readString(file)), texts);
            }
        } finally {
            threads.shutdownNow();
        }
        try (var left = Files.list(folder)) {
            assertEquals(TIMES, left.count(), "nothing else is left");
        }
    }

    @Test
    void aQueueWhoseIdentityAFullDiskLeftEmptyGetsOneThatStays() throws Exception {
        Path file = folder.resolve("inbox").resolve("identity");
        try (RecordQueue queue = queue()) {
            Files.createFile(file);
            long identity = queue.identity();
            assertNotEquals(0, identity);
            assertEquals(identity, queue.identity());
        }
        try (RecordQueue queue = queue()) {
            assertEquals(Long.parseLong(Files.readString(file), 16), queue.identity());
        }
    }
}
