package org.plateau.equilibration;

/**
 * The numbers behind a verdict, over the series as it would be retained now. Values are in the unit
 * of the series, times in days (or samples).
 *
 * @param first 0-based number of the first sample retained
 * @param mean of what is retained
 * @param standardDeviation of the samples retained
 * @param standardError of the mean, from the effective sample size
 * @param inefficiency samples per independent sample
 * @param drift estimate of the change over the horizon
 * @param driftBound confidence bound on the size of that change
 * @param tolerance the change that is tolerated
 * @param horizon the time over which it must hold
 */
public record Estimates(
        long first,
        double mean,
        double standardDeviation,
        double standardError,
        double inefficiency,
        double drift,
        double driftBound,
        double tolerance,
        double horizon) {

    static Estimates of(long first, Assessment a) {
        return new Estimates(
                first,
                a.mean(),
                a.deviation(),
                a.standardError(),
                a.inefficiency(),
                a.drift(),
                a.bound(),
                a.tolerance(),
                a.horizon());
    }
}
