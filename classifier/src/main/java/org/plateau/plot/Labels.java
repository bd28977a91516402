package org.plateau.plot;

import java.util.ArrayList;
import java.util.List;
import org.plateau.results.Results;

/**
 * The words for what was recognised at a level.
 *
 * @param main the strongest horizontal pattern or "nothing recognised", with its probability
 * @param others what else is there with a probability of at least one half; may be empty
 */
record Labels(String main, String others) {
    private static final double PRESENT = 0.5;

    /** Of the level's last labelled output that is not later than its map. */
    static Labels of(Results results, int level) {
        double time = results.maps().time()[level];
        for (int t = results.lastOutput(time); t >= 0; t--) {
            if (results.gap()[t][level] == 0 && !Float.isNaN(results.nothing()[t][level])) {
                return at(results, t, level);
            }
        }
        return new Labels("not labelled", "");
    }

    private static Labels at(Results results, int t, int level) {
        float[] probability = results.probability()[t][level];
        int best =
                RegimeGroup.strongest(RegimeGroup.PATTERN.members(results.regimes()), probability);
        float nothing = results.nothing()[t][level];
        boolean none = best < 0 || nothing > probability[best];
        String main =
                none
                        ? "nothing recognised " + Decimal.fixed(nothing, 2)
                        : results.regimes().get(best) + " " + Decimal.fixed(probability[best], 2);
        List<String> others = new ArrayList<>();
        for (int r = 0; r < probability.length; r++) {
            if (probability[r] >= PRESENT && (r != best || none)) {
                others.add(results.regimes().get(r) + " " + Decimal.fixed(probability[r], 2));
            }
        }
        return new Labels(main, String.join(", ", others));
    }
}
