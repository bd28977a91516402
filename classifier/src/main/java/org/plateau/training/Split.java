package org.plateau.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs shared out whole, so that no map of a run that is learned from ever judges what was learned.
 *
 * @param train what weights are fitted to
 * @param calibration other runs of the same presets, for probabilities and the score of likeness
 * @param test held-out runs
 * @param earth runs of planets that are not tidally locked: what the network must not see in them
 *     is judged apart
 * @param presetsHeldOut whether the test's presets are nowhere else
 */
public record Split(
        List<TrainingRun> train,
        List<TrainingRun> calibration,
        List<TrainingRun> test,
        List<TrainingRun> earth,
        boolean presetsHeldOut) {

    private static final double SHARE = 0.2;

    /**
     * Shares runs out. If no run is of a held-out preset, as in a small sweep of one planet, every
     * third run is held out instead and {@link #presetsHeldOut} is false.
     *
     * @param heldOut presets for the test
     * @param earthLike presets of planets that are not locked
     * @param seed decides which runs calibrate
     * @throws IllegalArgumentException if a part would be empty
     */
    public static Split of(
            List<TrainingRun> runs, Set<String> heldOut, Set<String> earthLike, long seed) {
        List<TrainingRun> earth = new ArrayList<>();
        List<TrainingRun> locked = new ArrayList<>();
        runs.forEach(run -> (earthLike.contains(run.preset()) ? earth : locked).add(run));
        List<TrainingRun> known = new ArrayList<>();
        List<TrainingRun> test = new ArrayList<>();
        locked.forEach(run -> (heldOut.contains(run.preset()) ? test : known).add(run));
        boolean byPreset = !test.isEmpty();
        if (!byPreset) {
            known.clear();
            for (int n = 0; n < locked.size(); n++) {
                (n % 3 == 1 ? test : known).add(locked.get(n));
            }
        }
        List<TrainingRun> train = new ArrayList<>();
        List<TrainingRun> calibration = new ArrayList<>();
        for (List<TrainingRun> alike : groups(known)) {
            Collections.shuffle(alike, new Random(seed));
            int n = alike.size() < 2 ? 0 : (int) Math.max(1, Math.round(SHARE * alike.size()));
            calibration.addAll(alike.subList(0, n));
            train.addAll(alike.subList(n, alike.size()));
        }
        if (train.isEmpty() || calibration.isEmpty() || test.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least three runs of tidally locked planets, found "
                            + locked.size()
                            + "; native/minigcm/sweep.sh makes them");
        }
        return new Split(train, calibration, test, earth, byPreset);
    }

    /** Runs of each preset together; presets with a single run make one more group. */
    private static List<List<TrainingRun>> groups(List<TrainingRun> runs) {
        Map<String, List<TrainingRun>> groups = new TreeMap<>();
        for (TrainingRun run : runs) {
            groups.computeIfAbsent(run.preset(), preset -> new ArrayList<>()).add(run);
        }
        List<List<TrainingRun>> result = new ArrayList<>();
        List<TrainingRun> single = new ArrayList<>();
        for (List<TrainingRun> group : groups.values()) {
            if (group.size() == 1) {
                single.addAll(group);
            } else {
                result.add(group);
            }
        }
        result.add(single);
        return result;
    }
}
