package org.plateau.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plateau.assembly.Account;

/**
 * What never came although it was written, as {@code end.json} lets it be told: {@code left} there
 * says how much each source had written, whether or not a coupler was there to take it.
 */
final class LeftInRings {
    private LeftInRings() {}

    /**
     * Counts it as dropped.
     *
     * @return how many writes
     */
    static long settle(Path runDirectory, Account account) throws IOException {
        Path end = runDirectory.resolve("end.json");
        if (!Files.isReadable(end)) {
            return 0;
        }
        JsonNode left = new ObjectMapper().readTree(end.toFile()).path("left");
        String reason = left.path("reason").asText();
        return left.path("written").properties().stream()
                .mapToLong(
                        source ->
                                account.lose(
                                        Long.parseUnsignedLong(source.getKey(), 16),
                                        source.getValue().asLong(),
                                        reason))
                .sum();
    }
}
