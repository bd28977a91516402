package org.plateau.queue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The same in memory, where consumed segments are used again instead of deleted. */
class RecordQueueInMemoryTest extends RecordQueueTest {
    @TempDir(factory = InMemory.class)
    Path inMemory;

    @BeforeEach
    void useMemory() {
        folder = inMemory;
    }
}
