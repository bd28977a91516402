package org.plateau.runcontrol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.equilibration.Verdict;

/** Run control over a model that writes one output a minute, with an adapter that counts. */
abstract class RunControlScene {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Verdict STEADY = new Verdict.Equilibrated(10, 10, 300, 0.1, 2, 0.5);

    @TempDir Path directory;
    final List<String> audit = new ArrayList<>();
    final Counting adapter = new Counting();
    int output;

    /** Counts its acts and can be told to fail. */
    static final class Counting implements StopAdapter {
        int acts;
        int failures;
        boolean repeatable;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public boolean repeatable() {
            return repeatable;
        }

        @Override
        public void act(ObjectNode decision) throws IOException {
            if (failures > 0) {
                failures--;
                throw new IOException("no luck");
            }
            acts++;
        }
    }

    static StopSettings settings(StopMode mode) {
        StopPolicy policy =
                new StopPolicy(List.of(1e5), false, Set.of("t"), Set.of("equilibrated"), 5);
        return new StopSettings(
                mode,
                policy,
                3,
                Duration.ofHours(1),
                3,
                Duration.ofSeconds(30),
                List.of(AdapterSettings.MODEL_API),
                RestartSettings.NONE);
    }

    RunControl control(StopMode mode) {
        return new RunControl(
                settings(mode), directory, (e, t, d) -> audit.add(e), List.of(adapter));
    }

    Instant now() {
        return START.plusSeconds(60L * output);
    }

    Snapshot snapshot(Verdict verdict, boolean gap, boolean complete, Instant written) {
        return new Snapshot(
                output,
                output,
                written,
                complete,
                List.of(new Snapshot.Level(1e5, gap, false, Map.of("t", verdict))));
    }

    void steps(RunControl control, int count, Verdict verdict) {
        for (int i = 0; i < count; i++) {
            output++;
            control.step(snapshot(verdict, false, true, now()), now());
        }
    }
}
