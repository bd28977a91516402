package org.plateau.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
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
                    "v9fs",
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
     * Type of the file system that a folder is on.
     *
     * @throws QueueException if it is a network file system, with the reason
     */
    static String accept(Path directory) {
        String type = type(directory);
        Optional<String> refusal = refusal(directory, type);
        if (refusal.isPresent()) {
            throw new QueueException(refusal.get());
        }
        return type;
    }

    /** Java looks into the table of mounts, which in a bare chroot does not name the root. */
    private static String type(Path directory) {
        try {
            return Files.getFileStore(directory).type();
        } catch (IOException e) {
            return said(directory)
                    .orElseThrow(
                            () ->
                                    new QueueException(
                                            "queue.directory: expected a folder whose file system"
                                                    + " can be asked for its type, found "
                                                    + directory
                                                    + " ("
                                                    + e.getMessage()
                                                    + "); mount /proc, or choose a folder that is a"
                                                    + " mount of its own",
                                            e));
        }
    }

    /** What stat(1) says, which asks the kernel for the folder itself. */
    static Optional<String> said(Path directory) {
        try {
            Process stat =
                    new ProcessBuilder("stat", "-f", "-c", "%T", directory.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String type = new String(stat.getInputStream().readAllBytes(), UTF_8).strip();
            boolean known = !type.isEmpty() && !type.startsWith("UNKNOWN");
            return stat.waitFor() == 0 && known ? Optional.of(type) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
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
