package org.plateau.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.plateau.settings.SettingsNode;

/**
 * What the writing processes are told when a session is created.
 *
 * <p>Patterns are shell globs ({@code *}, {@code ?}, {@code [a-z]}) on a name; one that begins with
 * {@code !} excludes, and the last that matches decides. An empty list selects everything.
 * Coordinates, time and their bounds are always captured unless a pattern excludes them.
 *
 * @param ringBytes size of the ring of one writing process, bytes
 * @param sharedBytes most that all rings of the session may take together, bytes
 * @param longestWait how long a writer may wait for room in a full ring; zero: not at all
 * @param variables patterns for variable names, for a variable in a group its full name ("/g/T")
 * @param dimensions patterns for the variable's dimensions, joined by commas ("time,lev,lat,lon")
 * @param recordStride every how many records of the record dimension one is captured, from 1
 * @param writers how many writing processes are expected on the node: so many rings are worth
 *     preparing, see {@link Session#prepareRings}
 */
public record HookSettings(
        long ringBytes,
        long sharedBytes,
        Duration longestWait,
        List<String> variables,
        List<String> dimensions,
        long recordStride,
        int writers) {
    /** The smallest ring that is worth having, bytes. */
    public static final long SMALLEST_RING = 1L << 20;

    private static final long PATTERN_BYTES = 16 * 1024;

    public HookSettings {
        Objects.requireNonNull(longestWait);
        variables = List.copyOf(variables);
        dimensions = List.copyOf(dimensions);
        require(ringBytes >= SMALLEST_RING, "a ring of at least 1 MiB", ringBytes);
        require(sharedBytes >= ringBytes, "shared memory for at least one ring", sharedBytes);
        require(!longestWait.isNegative(), "a wait of zero or more", longestWait);
        require(recordStride >= 1, "a record stride of 1 or more", recordStride);
        require(writers >= 0, "a number of writers of 0 or more", writers);
        checkPatterns(variables);
        checkPatterns(dimensions);
    }

    public HookSettings(
            long ringBytes, long sharedBytes, Duration longestWait, List<String> variables) {
        this(ringBytes, sharedBytes, longestWait, variables, List.of(), 1, 1);
    }

    /** 64 MiB a ring, 1 GiB in all, no waiting, every variable, one writer. */
    public static HookSettings defaults() {
        return new HookSettings(64L << 20, 1L << 30, Duration.ZERO, List.of());
    }

    /** Section {@code hook}. */
    public static HookSettings read(SettingsNode section) {
        HookSettings usual = defaults();
        long ring = section.bytes("ring", usual.ringBytes());
        long shared = section.bytes("shared", Math.max(usual.sharedBytes(), ring));
        Duration wait = section.duration("wait", usual.longestWait());
        List<String> variables = section.texts("variables", usual.variables());
        List<String> dimensions = section.texts("dimensions", usual.dimensions());
        int every = section.integer("every", (int) usual.recordStride());
        int writers = section.integer("writers", usual.writers());
        if (ring < SMALLEST_RING) {
            throw section.wrong("ring", "1 MiB or more", ring + " B");
        }
        if (shared < ring) {
            throw section.wrong("shared", "at least hook.ring, " + ring + " B", shared + " B");
        }
        if (every < 1) {
            throw section.wrong("every", "1 or more", Integer.toString(every));
        }
        if (writers < 0) {
            throw section.wrong("writers", "0 or more", Integer.toString(writers));
        }
        return new HookSettings(ring, shared, wait, variables, dimensions, every, writers);
    }

    /** The same, with variables copied as well if it is not every one anyway. */
    public HookSettings and(Collection<String> names) {
        if (variables.isEmpty() || names.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(variables);
        names.stream().filter(name -> !all.contains(name)).forEach(all::add);
        return new HookSettings(
                ringBytes, sharedBytes, longestWait, all, dimensions, recordStride, writers);
    }

    private static void checkPatterns(List<String> patterns) {
        long bytes = 0;
        for (String pattern : patterns) {
            require(
                    !pattern.isEmpty() && pattern.indexOf('\n') < 0 && pattern.indexOf('\0') < 0,
                    "a pattern of one line",
                    '"' + pattern + '"');
            bytes += pattern.length() * 4L + 1;
        }
        require(bytes <= PATTERN_BYTES, "patterns of at most 16 KiB in all", bytes + " bytes");
    }

    private static void require(boolean holds, String expected, Object came) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + ", got " + came);
        }
    }
}
