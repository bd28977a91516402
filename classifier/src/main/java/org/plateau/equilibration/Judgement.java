package org.plateau.equilibration;

/**
 * What one look says of a series that is not called steady.
 *
 * @param pass the look passes
 * @param first 0-based number of the first sample to retain
 * @param laminar it passes because nothing moves, without statistics
 * @param cycle the oscillation that it passes with, or null
 * @param pending the verdict if it does not pass, else null
 * @param extrapolating the series could have passed although it is shorter than the horizon
 */
record Judgement(
        boolean pass,
        long first,
        boolean laminar,
        Cycle cycle,
        Verdict pending,
        boolean extrapolating) {

    /** Growth of the series that an undecided verdict names at least. */
    private static final double LEAST_GROWTH = 1.05;

    /** Most that unfinished cycles add to the change over the window, in amplitudes per cycle. */
    private static final double UNFINISHED = 2.4;

    static Judgement of(Batches batches, EquilibrationSettings settings, Levels levels) {
        Retained all = new Retained(batches, 0);
        if (all.count < EquilibrationSettings.FEWEST_SAMPLES) {
            long lacking =
                    (long) (EquilibrationSettings.FEWEST_SAMPLES - all.count) * batches.size();
            return not(
                    new Verdict.Insufficient(batches.first() + batches.samples(), 0, lacking),
                    false);
        }
        Laminar still = Laminar.of(all, settings);
        if (still.pass() && all.window() >= settings.window()) {
            long first = batches.firstSample(all.position[still.start()]);
            return new Judgement(true, first, true, null, null, false);
        }
        int start = StartSearch.start(all);
        if (start < 0) {
            return not(new Verdict.WarmingUp(), false);
        }
        Retained kept = new Retained(batches, all.position[start]);
        if (kept.constant()) {
            return not(new Verdict.Degenerate(kept.origin), false);
        }
        return statistical(batches, kept, settings, levels);
    }

    private static Judgement statistical(
            Batches batches, Retained kept, EquilibrationSettings settings, Levels levels) {
        boolean beyond = kept.window() < settings.horizon();
        Assessment a = Assessment.of(kept, settings, levels.tail(beyond));
        boolean extrapolating = beyond && a.feasible();
        Cycle cycle = Cycle.find(kept, batches.size());
        boolean oscillates = cycle != null && cycle.amplitude() > a.tolerance();
        boolean pass = oscillates ? level(a, kept, cycle) : a.pass();
        if (pass && kept.window() >= settings.window()) {
            long first = batches.firstSample(kept.position[0]);
            Cycle with = oscillates ? cycle : null;
            return new Judgement(true, first, false, with, null, extrapolating);
        }
        return not(shortOf(a, kept, batches), extrapolating);
    }

    private static Judgement not(Verdict pending, boolean extrapolating) {
        return new Judgement(false, 0, false, null, pending, extrapolating);
    }

    /** An oscillating series stays level but for the cycles that are not finished. */
    private static boolean level(Assessment a, Retained kept, Cycle cycle) {
        double cycles = kept.count / cycle.period();
        double unfinished = UNFINISHED * cycle.amplitude() / cycles;
        return Math.abs(a.drift()) <= a.tolerance() + unfinished * a.horizon() / kept.window();
    }

    private static Verdict shortOf(Assessment a, Retained kept, Batches batches) {
        double perThousandDays = 1000 / a.horizon();
        if (!a.enough()) {
            double length = kept.count * (double) batches.size();
            return new Verdict.Insufficient(
                    batches.first() + batches.samples(),
                    a.effective(),
                    Math.ceil(length * (Assessment.FEWEST_EFFECTIVE / a.effective() - 1)));
        }
        if (a.failure() == Verdict.Change.DRIFT) {
            return new Verdict.Drifting(a.drift() * perThousandDays, a.bound() * perThousandDays);
        }
        double growth = Math.max(LEAST_GROWTH, a.growthNeeded(kept.window()));
        double length = kept.count * (double) batches.size();
        return new Verdict.Undecided(Math.ceil((growth - 1) * length));
    }
}
