package org.plateau.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.plateau.bridge.HookSettings;

/**
 * Whether the rings have room where the sessions are and in the job's memory. The hook makes a
 * smaller ring where the wished one does not fit, and leaves 64 MiB to others.
 */
public final class SharedMemoryCheck implements Check {
    private static final long MARGIN = 64L << 20;

    private final Path sessions;
    private final HookSettings hook;
    private final OptionalLong free;
    private final OptionalLong group;

    /**
     * @param sessions the folder in which sessions are made, /dev/shm
     * @param free bytes of it that are free
     * @param group bytes that the memory cgroups and the node leave; empty: no limit
     */
    SharedMemoryCheck(Path sessions, HookSettings hook, OptionalLong free, OptionalLong group) {
        this.sessions = sessions;
        this.hook = hook;
        this.free = free;
        this.group = group;
    }

    /** The check of a folder as it is now. */
    public static SharedMemoryCheck of(Path sessions, HookSettings hook, MemoryRoom room) {
        return new SharedMemoryCheck(sessions, hook, freeOn(sessions), room.bytes());
    }

    private static OptionalLong freeOn(Path sessions) {
        try {
            FileStore store = Files.getFileStore(sessions);
            return Files.isWritable(sessions)
                    ? OptionalLong.of(store.getUsableSpace())
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public List<Finding> findings() {
        return List.of(onFileSystem(), inGroup(), prepared());
    }

    private Finding onFileSystem() {
        if (free.isEmpty()) {
            return Finding.problem(
                    sessions + " is not there or not writable: no session can be made",
                    "mount a tmpfs there, or name another tmpfs with session.directory");
        }
        long bytes = free.getAsLong();
        return judged(
                sessions + " has " + Size.text(bytes) + " free",
                bytes - Math.min(MARGIN, bytes / 8),
                "make it larger (docker run --shm-size, mount -o remount,size=) or hook.ring"
                        + " smaller");
    }

    private Finding inGroup() {
        if (group.isEmpty()) {
            return Finding.ok("no memory limit is known for what the rings may take");
        }
        long bytes = group.getAsLong();
        return judged(
                "memory (the cgroup's or the node's) leaves "
                        + Size.text(bytes)
                        + " to everything, the model too",
                bytes - MARGIN,
                "ask the batch system for more memory (--mem) or make hook.ring smaller");
    }

    /** The rings that a launch makes before the model starts, in its own job step. */
    private Finding prepared() {
        String ring = Size.text(hook.ringBytes());
        long room =
                Math.min(
                        free.orElse(Long.MAX_VALUE) - MARGIN,
                        group.orElse(Long.MAX_VALUE) - MARGIN);
        long fit = Math.max(0, Math.min(room, hook.sharedBytes()) / hook.ringBytes());
        if (hook.writers() == 0) {
            return Finding.note(
                    "no ring is prepared (hook.writers is 0): the model's own processes make them",
                    "set hook.writers to how many processes write on a node, and their memory is"
                            + " taken before the model starts");
        }
        String wanted = hook.writers() + (hook.writers() == 1 ? " ring of " : " rings of ") + ring;
        if (fit < hook.writers()) {
            return Finding.note(
                    wanted + " should be prepared (hook.writers), " + fit + " fit",
                    "the other writers make smaller ones or none, and say so; set hook.ring or"
                            + " hook.writers lower, or raise what limits them");
        }
        return Finding.ok(
                wanted
                        + (hook.writers() == 1 ? " is" : " are")
                        + " prepared before the model starts (hook.writers); a further writing"
                        + " process makes its own");
    }

    private Finding judged(String what, long room, String remedy) {
        String ring = Size.text(hook.ringBytes());
        if (room < HookSettings.SMALLEST_RING) {
            return Finding.problem(what + ": no ring fits, nothing would be captured", remedy);
        }
        if (room < hook.ringBytes()) {
            return Finding.note(
                    what + ": a ring of " + ring + " does not fit and is made smaller", remedy);
        }
        long rings = Math.min(room, hook.sharedBytes()) / hook.ringBytes();
        String wanted = rings + (rings == 1 ? " ring of " : " rings of ") + ring;
        if (room < hook.sharedBytes()) {
            String all = Size.text(hook.sharedBytes());
            return Finding.note(
                    what + ": " + wanted + " fit, not all that hook.shared allows (" + all + ")",
                    "with more writing processes than that on a node, " + remedy);
        }
        return Finding.ok(what + ": enough for " + wanted + ", all that hook.shared allows");
    }
}
