/**
 * The one commit point of the classifier: an append-only file of checksummed entries.
 *
 * <p>Enter at {@link org.plateau.journal.Journal}. What is in the journal has happened; what is not
 * has not. It knows nothing of what its entries mean: {@code org.plateau.classify} does. One
 * thread.
 */
package org.plateau.journal;
