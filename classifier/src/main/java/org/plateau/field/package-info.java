/**
 * Fields as the network and the metrics see them.
 *
 * <p>Enter at {@link org.plateau.field.LevelMap}: one pressure level at one time, and {@link
 * org.plateau.field.PlanetScales}: the planet's own numbers. Values are immutable by convention and
 * may be handed from thread to thread. Neighbours: {@code org.plateau.assembly} makes fields from
 * records, {@code org.plateau.regimes}, {@code org.plateau.network} and {@code org.plateau.metrics}
 * read them.
 */
package org.plateau.field;
