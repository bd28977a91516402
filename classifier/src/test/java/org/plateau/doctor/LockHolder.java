package org.plateau.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that holds the lock on a ring as a writer does, until it is killed. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] args) throws IOException {
        try (FileChannel ring =
                        FileChannel.open(
                                Path.of(args[0]),
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                FileLock lock = ring.lock()) {
            System.out.println(lock.isValid());
            System.in.read();
        }
    }

    /** Starts one and waits until it holds the lock. */
    static Process start(Path ring) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockHolder.class.getName(),
                                ring.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.getInputStream().read() < 0) {
            throw new IOException("the process that should hold " + ring + " ended");
        }
        return process;
    }
}
