package org.plateau.queue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which file systems a queue may lie on: memory-mapped files must be shared within one kernel. */
public final class FileSystems {
    private static final Set<String> NETWORK =
            Set.of(
                    "nfs",
                    "nfs4",
                    "cifs",
                    "smb",
                    "smbfs",
                    "smb2",
                    "smb3",
                    "lustre",
                    "gpfs",
                    "beegfs",
                    "ceph",
                    "afs",
                    "panfs",
                    "glusterfs",
                    "9p",
                    "pvfs2",
                    "orangefs",
                    "wekafs",
                    "coda",
                    "ncpfs",
                    "quobyte",
                    "cvmfs2",
                    "virtiofs",
                    "vboxsf",
                    "prl_fs");

    private FileSystems() {}

    /**
     * The file system that a folder is on.
     *
     * @throws QueueException if it is a network file system, with the reason
     */
    static FileStore accept(Path directory) {
        try {
            FileStore store = Files.getFileStore(directory);
            Optional<String> refusal = refusal(directory, store.type());
            if (refusal.isPresent()) {
                throw new QueueException(refusal.get());
            }
            return store;
        } catch (IOException e) {
            throw new QueueException("queue " + directory + ": its file system cannot be asked", e);
        }
    }

    /** Why a queue may not lie on a file system of that type, if it may not. */
    public static Optional<String> refusal(Path directory, String type) {
        String name = type.toLowerCase(Locale.ROOT);
        boolean network = NETWORK.contains(name) || name.startsWith("fuse.") || name.equals("fuse");
        return network
                ? Optional.of(
                        "queue.directory: expected node-local disk or memory, found "
                                + directory
                                + " on a network file system ("
                                + type
                                + "), where mapped files are not shared safely; choose another folder")
                : Optional.empty();
    }
}
