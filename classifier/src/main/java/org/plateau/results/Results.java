package org.plateau.results;

import java.util.List;
import java.util.Map;

/**
 * What a results file says, in memory. Arrays are indexed [time][level][...] and are not copied:
 * treat them as read-only. Missing numbers are NaN.
 *
 * @param time model times of the outputs
 * @param pressure of the levels, Pa
 * @param regimes names of the regimes, in the order of the probabilities
 * @param metrics names and units of the metrics
 * @param probability [time][level][regime], 0 to 1
 * @param nothing [time][level], probability that nothing was recognised
 * @param unlike [time][level], 0 = like the training maps, 1 = unlike them
 * @param gap [time][level], 0 = labelled, else an index into {@code gapReasons}
 * @param gapReasons names of the reasons, index 0 meaning "no gap"
 * @param metricValue [time][level][metric]
 * @param verdict [time][level][metric], index into {@code verdicts}, -1 if missing
 * @param levelVerdict [time][level], index into {@code verdicts}, -1 if missing
 * @param verdicts names of the verdicts
 * @param column the column's metrics; without any if the file has none
 * @param steady [level][metric], what is known of the part of a series that was found steady
 * @param maps the latest map of every level; null if the file has none or they were not read
 * @param attributes the file's global text attributes
 */
public record Results(
        TimeAxis time,
        double[] pressure,
        List<String> regimes,
        List<Quantity> metrics,
        float[][][] probability,
        float[][] nothing,
        float[][] unlike,
        byte[][] gap,
        List<String> gapReasons,
        double[][][] metricValue,
        byte[][][] verdict,
        byte[][] levelVerdict,
        List<String> verdicts,
        Column column,
        Steady[][] steady,
        LatestMaps maps,
        Map<String, String> attributes) {

    /**
     * Scalars of the whole column, those of which there is something to say.
     *
     * @param metrics names and units
     * @param value [time][metric], of the column's latest sample since the output before
     * @param verdict [time][metric], index into the results' verdicts
     * @param columnVerdict [time], likewise
     * @param steady [metric]
     */
    public record Column(
            List<Quantity> metrics,
            double[][] value,
            byte[][] verdict,
            byte[] columnVerdict,
            Steady[] steady) {}

    /** A metric's name and unit. */
    public record Quantity(String name, String unit) {}

    /**
     * The part of a series that was found steady; each NaN where the file does not tell.
     *
     * @param since time from which it is steady, in the units of the time axis
     * @param mean of that part, in the metric's unit
     * @param tolerance change that was tolerated, in the metric's unit
     */
    public record Steady(double since, double mean, double tolerance) {}

    /**
     * Model times as the model counts them.
     *
     * @param values in {@code units}
     * @param units CF units such as "days since 2000-01-01 00:00:00"
     * @param calendar CF calendar
     */
    public record TimeAxis(double[] values, String units, String calendar) {}

    /**
     * The latest map of every level.
     *
     * @param lat degrees north of the rows
     * @param lon degrees of the columns, 0 at the substellar point
     * @param time of each level's map, in the units of the results' time axis; NaN if none came
     * @param temperature [level][row * columns + column], K
     * @param u eastward wind, m s-1
     * @param v northward wind, m s-1
     */
    public record LatestMaps(
            double[] lat,
            double[] lon,
            double[] time,
            float[][] temperature,
            float[][] u,
            float[][] v) {

        /** Whether this level has a map. */
        public boolean has(int level) {
            return !Double.isNaN(time[level]);
        }
    }

    /** The same with other maps. */
    public Results with(LatestMaps others) {
        return new Results(
                time,
                pressure,
                regimes,
                metrics,
                probability,
                nothing,
                unlike,
                gap,
                gapReasons,
                metricValue,
                verdict,
                levelVerdict,
                verdicts,
                column,
                steady,
                others,
                attributes);
    }

    /** Number of outputs. */
    public int outputs() {
        return time.values().length;
    }

    /** Number of levels. */
    public int levels() {
        return pressure.length;
    }

    /** Index of the verdict of that name, -1 if this file does not know it. */
    public int verdictIndex(String name) {
        return verdicts.indexOf(name);
    }

    /** The level whose pressure is nearest in the logarithm. */
    public int levelNear(double pascal) {
        int best = 0;
        for (int l = 1; l < pressure.length; l++) {
            if (Math.abs(Math.log(pressure[l] / pascal))
                    < Math.abs(Math.log(pressure[best] / pascal))) {
                best = l;
            }
        }
        return best;
    }

    /** The last output with a time of at most {@code limit}; -1 if there is none. */
    public int lastOutput(double limit) {
        for (int t = outputs() - 1; t >= 0; t--) {
            if (time.values()[t] <= limit) {
                return t;
            }
        }
        return -1;
    }
}
