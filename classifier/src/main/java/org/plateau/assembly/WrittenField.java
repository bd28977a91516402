package org.plateau.assembly;

/**
 * A field from which a metric of the column is made.
 *
 * @param metric what it counts as
 */
record WrittenField(String metric, PartialField data) {}
