package org.plateau.launch;

import java.time.Duration;
import java.util.List;
import org.plateau.bridge.HookSettings;
import org.plateau.settings.SettingsNode;

/** Section {@code hook}: what the writing processes are told. */
final class HookSection {
    private HookSection() {}

    static HookSettings read(SettingsNode section) {
        HookSettings usual = HookSettings.defaults();
        long ring = section.bytes("ring", usual.ringBytes());
        long shared = section.bytes("shared", Math.max(usual.sharedBytes(), ring));
        Duration wait = section.duration("wait", usual.longestWait());
        List<String> variables = section.texts("variables", usual.variables());
        List<String> dimensions = section.texts("dimensions", usual.dimensions());
        int every = section.integer("every", (int) usual.recordStride());
        int writers = section.integer("writers", usual.writers());
        if (ring < HookSettings.SMALLEST_RING) {
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
}
