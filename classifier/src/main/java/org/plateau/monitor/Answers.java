package org.plateau.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What has been answered about the same results, rendered and packed once for all who ask the same.
 */
final class Answers {
    private static final int MOST = 256;

    private final ConcurrentHashMap<String, Answer> known = new ConcurrentHashMap<>();

    /** One answer; whoever asks first makes it, while others who ask the same wait for it. */
    private static final class Answer {
        private byte[] packed;

        synchronized byte[] packed(Supplier<? extends JsonNode> made) {
            if (packed == null) {
                JsonNode answer = made.get();
                String json = answer == null ? "null" : Snapshot.json(answer);
                packed = Snapshot.gzip(json.getBytes(StandardCharsets.UTF_8));
            }
            return packed;
        }
    }

    /**
     * The answer as gzip.
     *
     * @param question names the answer among those about these results
     * @param answer makes it; null for JSON's null
     */
    byte[] to(String question, Supplier<? extends JsonNode> answer) {
        Answer asked = known.get(question);
        if (asked == null) {
            asked =
                    known.size() < MOST
                            ? known.computeIfAbsent(question, key -> new Answer())
                            : new Answer();
        }
        return asked.packed(answer);
    }
}
