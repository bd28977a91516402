package org.plateau.runcontrol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;

/**
 * Counts the outputs in a row at which the policy held. After a restart the count is made again of
 * the outputs that the journal has; those up to a person's resume do not count, and when that was
 * is kept in {@code resumed.json}.
 */
final class Hold {
    private final ControlFiles files;
    private double lastModelTime = Double.NEGATIVE_INFINITY;
    private double resumedAt = Double.NaN;
    private int outputs;

    Hold(ControlFiles files) {
        this.files = files;
    }

    int outputs() {
        return outputs;
    }

    double lastModelTime() {
        return lastModelTime;
    }

    /** Takes what is known after an output; the same output counts once. */
    void take(Snapshot snapshot, boolean holds) {
        if (!holds) {
            outputs = 0;
        } else if (snapshot.modelTime() > lastModelTime) {
            outputs++;
        }
    }

    /** What comes from here on is compared with that output. */
    void passed(Snapshot snapshot) {
        lastModelTime = snapshot.modelTime();
    }

    /** Takes an output from before a restart. */
    void before(Snapshot snapshot, boolean holds) {
        boolean counts = holds && snapshot.unsound(lastModelTime).isEmpty();
        take(snapshot, counts && snapshot.modelTime() > resumed());
        passed(snapshot);
    }

    /** A person has resumed the run: the count begins afresh with the next output. */
    void resume() throws IOException {
        outputs = 0;
        if (Double.isFinite(lastModelTime)) {
            resumedAt = lastModelTime;
            files.write(
                    ControlFiles.RESUMED,
                    JsonNodeFactory.instance.objectNode().put("modelTime", resumedAt));
        }
    }

    private double resumed() {
        if (Double.isNaN(resumedAt)) {
            try {
                resumedAt =
                        files.read(ControlFiles.RESUMED)
                                .map(node -> node.path("modelTime").asDouble())
                                .orElse(Double.NEGATIVE_INFINITY);
            } catch (IOException e) {
                resumedAt = Double.POSITIVE_INFINITY; // nobody knows when: nothing counts
            }
        }
        return resumedAt;
    }
}
