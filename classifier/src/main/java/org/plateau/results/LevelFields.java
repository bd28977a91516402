package org.plateau.results;

/**
 * A map to be shown: one level at one time on the results' grid.
 *
 * @param level index
 * @param time in the results' units
 * @param temperature K, [lat * lon]
 * @param u eastward wind, m s-1
 * @param v northward wind, m s-1
 */
@SuppressWarnings("ArrayRecordComponent")
public record LevelFields(int level, double time, float[] temperature, float[] u, float[] v) {}
