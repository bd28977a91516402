package org.plateau.equilibration;

import java.nio.ByteBuffer;

/**
 * A series that has been called steady, and what is watched to take that back: every sample for a
 * change of level, every look for drift, shape, variance and the oscillation if there is one.
 */
final class Claim {

    static final int BYTES = 2 * 8 + 4 + 1 + LevelWatch.BYTES + CycleWatch.BYTES;

    /** Looks in a row that must clearly fail. */
    private static final int FAILURES = 2;

    private final LevelWatch level = new LevelWatch();
    private final CycleWatch cycle = new CycleWatch();
    private long made = -1;
    private long first;
    private int failures;
    private boolean laminar;
    private boolean cyclic;
    private boolean following;

    boolean stands() {
        return made >= 0;
    }

    /** Samples seen when it was made; -1: there is none. */
    long made() {
        return made;
    }

    /** 0-based number of the first sample retained. */
    long first() {
        return first;
    }

    Verdict make(
            Judgement j,
            long seen,
            Batches batches,
            EquilibrationSettings settings,
            Levels levels) {
        made = seen;
        first = j.first();
        failures = 0;
        laminar = j.laminar();
        cyclic = j.cycle() != null;
        level.reset();
        Retained kept = new Retained(batches, batches.batchFrom(first));
        EquilibrationSettings held = held(settings, batches, kept);
        return keep(kept, assess(kept, held, levels), j.cycle(), batches, held, levels);
    }

    /** What it is held to: without a tolerance, what came to rest has no spread to be judged by. */
    EquilibrationSettings held(EquilibrationSettings given, Batches batches, Retained kept) {
        if (!laminar || !given.bySpread() || kept.count == 0) {
            return given;
        }
        double spread = given.tolerance(0, Math.sqrt(kept.variance(0, kept.count)));
        double least = new Retained(batches, 0).resolution();
        return given.withTolerance(Math.max(spread, least), 0);
    }

    void end(Verdict.Change reason) {
        made = -1;
        following &= reason.gradual();
    }

    private static Assessment assess(Retained kept, EquilibrationSettings s, Levels levels) {
        return Assessment.of(kept, s, levels.tail(kept.window() < s.horizon()));
    }

    /** Takes a valid sample; true if a level that was called steady has changed. */
    boolean add(long sample, double value) {
        if (following) {
            cycle.add(sample, value);
        }
        return stands() && level.add(sample, value);
    }

    /**
     * Follows, before anything is claimed, the oscillation that a look has shown.
     *
     * @param seen with its period in batches of that size, or null
     */
    void follow(Cycle seen, int size, double mean) {
        double period = seen == null ? 0 : seen.period() * size;
        if (seen == null) {
            following = false;
        } else if (!(following && cycle.same(period))) {
            cycle.follow(period, seen.amplitude(), mean);
            following = true;
        }
    }

    /**
     * The oscillation that is followed, if it persists and batches of that many samples are too
     * long to show it; else null.
     */
    Cycle followed(int size) {
        boolean hidden = following && cycle.period() < Cycle.SHORTEST * size && size > 1;
        return hidden && cycle.persists()
                ? new Cycle(cycle.period() / size, cycle.amplitude(), 1)
                : null;
    }

    /** The number of the sample at which the level probably began to change. */
    long changed() {
        return level.changed();
    }

    /** A look's outcome: what took the claim back, or the verdict that goes on; one is null. */
    record Held(Verdict.Change change, Verdict verdict) {}

    Held hold(Batches batches, EquilibrationSettings given, Levels levels) {
        Retained kept = new Retained(batches, batches.batchFrom(first));
        EquilibrationSettings settings = held(given, batches, kept);
        if (kept.count < EquilibrationSettings.FEWEST_SAMPLES) {
            return new Held(null, null);
        }
        Assessment a = assess(kept, settings, levels);
        Cycle shown = shown(kept, a, batches.size());
        boolean unheard = cyclic && !cycle.audible();
        Verdict.Change failure = a.failure();
        if (failure == null && cyclic && !cycle.persists() && shown == null) {
            failure = Verdict.Change.CYCLE;
        } else if (failure == null && !cyclic && a.louder(kept)) {
            failure = Verdict.Change.VARIANCE;
        }
        if (failure == null) {
            // A look too soon after the last one to hear a long oscillation acquits of nothing.
            failures = unheard ? failures : 0;
            cyclic |= shown != null;
            return new Held(null, keep(kept, a, shown, batches, settings, levels));
        }
        return ++failures < FAILURES ? new Held(null, null) : new Held(failure, null);
    }

    /**
     * The oscillation that the batches show, unless they are too long for the one that is followed.
     */
    private Cycle shown(Retained kept, Assessment a, int size) {
        Cycle found =
                cyclic && cycle.period() < Cycle.SHORTEST * size ? null : Cycle.find(kept, size);
        boolean counts =
                found != null
                        && found.period() >= Cycle.SHORTEST
                        && found.amplitude() > a.tolerance()
                        && !(cyclic && !cycle.same(found.period() * size));
        return counts ? found : null;
    }

    private Verdict keep(
            Retained kept,
            Assessment a,
            Cycle seen,
            Batches batches,
            EquilibrationSettings settings,
            Levels levels) {
        if (seen != null && !(following && cycle.same(seen.period() * batches.size()))) {
            cycle.follow(seen.period() * batches.size(), seen.amplitude(), a.mean());
            following = true;
        }
        double extra = cyclic ? cycle.amplitude() * cycle.period() / Math.PI : 0;
        Assessment told = told(kept, a, settings, batches.size(), levels);
        double centre = laminar ? kept.mean(kept.count / 2, kept.count) + kept.origin : told.mean();
        level.hold(a, centre, batches.samples(), extra);
        double interval = kept.span() / kept.samplesSpanned(batches.size());
        double since = kept.startTime - 0.5 * (batches.size() - 1) * interval;
        if (cyclic) {
            double period = cycle.period() * interval;
            return new Verdict.Cyclic(since, first, period, cycle.amplitude(), told.mean());
        }
        return new Verdict.Equilibrated(
                since, first, told.mean(), told.standardError(), told.inefficiency(), told.bound());
    }

    /**
     * The numbers by which the series passes: an oscillation is no noise and taken out; a series
     * without noise has a bound of its own, see {@link Laminar}.
     *
     * @param size samples per batch
     */
    Assessment told(
            Retained kept, Assessment a, EquilibrationSettings settings, int size, Levels levels) {
        if (laminar) {
            return a.bounded(Laminar.of(kept, settings).bound());
        }
        if (!cyclic) {
            return a;
        }
        double period = cycle.period() / size;
        double tail = levels.tail(kept.window() < settings.horizon());
        return a.without(new Cycle(period, cycle.amplitude(), 1), kept, settings, tail);
    }

    void save(ByteBuffer to) {
        to.putLong(made).putLong(first).putInt(failures);
        to.put((byte) ((laminar ? 1 : 0) + (cyclic ? 2 : 0) + (following ? 4 : 0)));
        level.save(to);
        cycle.save(to);
    }

    void restore(ByteBuffer from) {
        made = from.getLong();
        first = from.getLong();
        failures = from.getInt();
        int flags = from.get();
        laminar = (flags & 1) != 0;
        cyclic = (flags & 2) != 0;
        following = (flags & 4) != 0;
        level.restore(from);
        cycle.restore(from);
    }
}
