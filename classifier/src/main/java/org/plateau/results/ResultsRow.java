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
 * @param column of the whole column
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
        byte[] levelVerdicts,
        Column column) {

    /**
     * The column's part.
     *
     * @param values [metric], NaN where missing
     * @param verdicts [metric], codes
     * @param verdict on the column, a code
     */
    public record Column(double[] values, byte[] verdicts, byte verdict) {}
}
