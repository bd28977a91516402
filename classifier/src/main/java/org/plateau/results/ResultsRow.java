package org.plateau.results;

/**
 * What one output time adds to the results.
 *
 * @param time in the results' units
 * @param probability [level * regime], NaN where there is a gap
 * @param nothing [level]
 * @param unlike [level]
 * @param gap [level], 0: labelled
 * @param metrics [level * metric], NaN where missing
 * @param verdicts [level * metric], codes
 * @param levelVerdicts [level], codes
 */
@SuppressWarnings("ArrayRecordComponent")
public record ResultsRow(
        double time,
        float[] probability,
        float[] nothing,
        float[] unlike,
        byte[] gap,
        double[] metrics,
        byte[] verdicts,
        byte[] levelVerdicts) {}
