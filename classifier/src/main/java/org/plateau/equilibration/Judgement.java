package org.plateau.equilibration;

/**
 * What one look says of a series that is not called steady.
 *
 * @param pass the look passes
 * @param first 0-based number of the first sample to retain
 * @param laminar it passes because nothing moves, without statistics
 * @param cycle the oscillation that it shows, or null
 * @param mean of what is retained; NaN without statistics
 * @param pending the verdict if it does not pass, else null
 * @param extrapolating the series could have passed although it is shorter than the horizon
 */
record Judgement(
        boolean pass,
        long first,
        boolean laminar,
        Cycle cycle,
        double mean,
        Verdict pending,
        boolean extrapolating) {

    /** Growth of the series that an undecided verdict names at least. */
    private static final double LEAST_GROWTH = 1.05;

    /**
     * Where a series that spans the horizon does not pass since its start, and had a transient, it
     * is looked at once more without that part of what follows: the transient's tail.
     */
    private static final double LATER = 0.3;

    /**
     * Looks.
     *
     * @param followed the oscillation that is followed sample by sample and that the batches have
     *     become too long for, or null
     */
    static Judgement of(
            Batches batches, EquilibrationSettings settings, Levels levels, Cycle followed) {
        Retained all = new Retained(batches, 0);
        if (all.count < EquilibrationSettings.FEWEST_SAMPLES) {
            long lacking =
                    (long) (EquilibrationSettings.FEWEST_SAMPLES - all.count) * batches.size();
            return not(
                    new Verdict.Insufficient(batches.first() + batches.samples(), 0, lacking),
                    followed);
        }
        Laminar still = Laminar.of(all, settings);
        if (still.pass() && all.window() >= settings.window()) {
            long first = batches.firstSample(all.position[still.start()]);
            return new Judgement(true, first, true, null, Double.NaN, null, false);
        }
        StartSearch start = StartSearch.of(all);
        if (start.first() < 0) {
            return not(moving(batches, all, settings, levels), followed);
        }
        Retained kept = new Retained(batches, all.position[start.first()]);
        if (kept.constant()) {
            boolean rest = settings.bySpread() && !all.constant();
            return not(rest ? new Verdict.WarmingUp() : new Verdict.Degenerate(kept.origin), null);
        }
        Judgement now = statistical(batches, kept, settings, levels, followed);
        if (now.pass() || !start.transition()) {
            return now;
        }
        int later = start.first() + (int) (LATER * (all.count - start.first()));
        Retained rest = new Retained(batches, all.position[later]);
        if (rest.window() < settings.horizon()) {
            return now;
        }
        Judgement second = statistical(batches, rest, settings, levels, followed);
        return second.pass() ? second : now;
    }

    /** What to call a series whose best start lies at the latest one allowed. */
    private static Verdict moving(
            Batches batches, Retained all, EquilibrationSettings settings, Levels levels) {
        Retained half = new Retained(batches, all.position[all.count / 2]);
        double tail = levels.tail(half.window() < settings.horizon());
        Assessment a = Assessment.of(half, settings, tail);
        return a.failure() == Verdict.Change.DRIFT ? drifting(a) : new Verdict.WarmingUp();
    }

    private static Verdict drifting(Assessment a) {
        double perThousandDays = 1000 / a.horizon();
        return new Verdict.Drifting(a.drift() * perThousandDays, a.bound() * perThousandDays);
    }

    private static Judgement statistical(
            Batches batches,
            Retained kept,
            EquilibrationSettings settings,
            Levels levels,
            Cycle followed) {
        boolean beyond = kept.window() < settings.horizon();
        double tail = levels.tail(beyond);
        Assessment all = Assessment.of(kept, settings, tail);
        Cycle found = followed == null ? Cycle.find(kept, batches.size()) : followed;
        Cycle cycle = found != null && found.amplitude() > all.tolerance() ? found : null;
        Assessment a = cycle == null ? all : all.without(cycle, kept, settings, tail);
        boolean extrapolating = beyond && a.feasible();
        if (a.pass() && kept.window() >= settings.window()) {
            long first = batches.firstSample(kept.position[0]);
            return new Judgement(true, first, false, cycle, all.mean(), null, extrapolating);
        }
        Verdict pending = shortOf(a, kept, batches);
        return new Judgement(false, 0, false, cycle, all.mean(), pending, extrapolating);
    }

    private static Judgement not(Verdict pending, Cycle followed) {
        return new Judgement(false, 0, false, followed, Double.NaN, pending, false);
    }

    private static Verdict shortOf(Assessment a, Retained kept, Batches batches) {
        if (!a.enough()) {
            double length = kept.count * (double) batches.size();
            return new Verdict.Insufficient(
                    batches.first() + batches.samples(),
                    a.effective(),
                    Math.ceil(length * (Assessment.FEWEST_EFFECTIVE / a.effective() - 1)));
        }
        if (a.failure() == Verdict.Change.DRIFT) {
            return drifting(a);
        }
        double growth = Math.max(LEAST_GROWTH, a.growthNeeded(kept.window()));
        double length = kept.count * (double) batches.size();
        return new Verdict.Undecided(Math.ceil((growth - 1) * length));
    }
}
