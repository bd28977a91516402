package org.plateau.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plateau.launch.RunPlan;
import org.plateau.queue.FileSystems;
import org.plateau.queue.QueueSettings;

/** Whether queues and results can be written where the settings put them; nothing is made. */
public final class FoldersCheck implements Check {
    private static final String ELSEWHERE =
            "name a node-local disk with queue.directory or PLATEAU_QUEUE";

    private final Path queue;
    private final QueueSettings sizes;
    private final Path runDirectory;

    public FoldersCheck(RunPlan plan) {
        this(plan.queue(), plan.sizes(), plan.runDirectory());
    }

    FoldersCheck(Path queue, QueueSettings sizes, Path runDirectory) {
        this.queue = queue;
        this.sizes = sizes;
        this.runDirectory = runDirectory;
    }

    @Override
    public List<Finding> findings() {
        return List.of(queues(), results());
    }

    private Finding queues() {
        Path there = existing(queue);
        if (!writable(there)) {
            return Finding.problem(
                    "queues in " + queue + ": " + there + " is not writable", ELSEWHERE);
        }
        try {
            FileStore store = Files.getFileStore(there);
            return FileSystems.refusal(queue, store.type())
                    .map(reason -> Finding.problem("queues in " + queue + ": " + reason, ELSEWHERE))
                    .orElse(room(store.type(), store.getUsableSpace()));
        } catch (IOException e) {
            return Finding.problem(
                    "queues in " + queue + ": the file system cannot be asked", ELSEWHERE);
        }
    }

    /** Judges the free bytes of a file system of that type. */
    Finding room(String type, long free) {
        String what =
                "queues in "
                        + queue
                        + ": "
                        + Size.text(free)
                        + " free on a local disk or memory"
                        + " ("
                        + type
                        + ")";
        long least = sizes.segmentBytes() + sizes.keepFree();
        if (free < least) {
            return Finding.problem(
                    what + ", expected " + Size.text(least) + " or more",
                    "make room, or " + ELSEWHERE);
        }
        if (free - sizes.keepFree() < sizes.maxBytes()) {
            return Finding.note(
                    what + ", less than queue.maxBytes (" + Size.text(sizes.maxBytes()) + ")",
                    "that much is needed only if the classifier falls far behind");
        }
        return Finding.ok(what);
    }

    private Finding results() {
        Path there = existing(runDirectory);
        return writable(there)
                ? Finding.ok("results go to " + runDirectory)
                : Finding.problem(
                        "results should go to "
                                + runDirectory
                                + ", but "
                                + there
                                + " is not writable",
                        "name another folder with run.directory");
    }

    private static boolean writable(Path there) {
        return Files.isDirectory(there) && Files.isWritable(there);
    }

    /** The path itself or the nearest above it that is there. */
    private static Path existing(Path path) {
        Path at = path.toAbsolutePath().normalize();
        while (!Files.exists(at)) {
            at = Optional.ofNullable(at.getParent()).orElse(Path.of("/"));
        }
        return at;
    }
}
