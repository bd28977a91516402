package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.doctor.Finding.Level;
import org.plateau.queue.QueueSettings;

class FoldersCheckTest {
    private static final long GIB = 1L << 30;

    @TempDir private Path folder;

    private FoldersCheck check(Path queue, Path runDirectory) {
        return new FoldersCheck(queue, QueueSettings.in(queue), runDirectory);
    }

    @Test
    void freeSpaceIsJudgedByTheQueuesSizes() {
        FoldersCheck check = check(folder, folder);
        assertEquals(Level.OK, check.room("ext4", 5 * GIB).level());
        assertEquals(Level.NOTE, check.room("ext4", GIB).level());
        assertEquals(Level.PROBLEM, check.room("ext4", GIB / 4).level());
    }

    @Test
    void foldersThatAreStillToBeMadeAreNotMadeHere() {
        Path results = folder.resolve("a/results");
        Finding found = check(folder.resolve("b/queue"), results).findings().get(1);
        assertEquals(Finding.ok("results go to " + results), found);
        assertFalse(Files.exists(folder.resolve("a")));
        assertFalse(Files.exists(folder.resolve("b")));
    }

    @Test
    void aFileInTheWayIsAProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Finding found : check(file.resolve("q"), file.resolve("r")).findings()) {
            assertEquals(Level.PROBLEM, found.level());
            assertTrue(found.what().contains("is not writable"), found.what());
        }
    }
}
