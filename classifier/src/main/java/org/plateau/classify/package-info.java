/**
 * From the inbox to results: the pipeline of the classifier.
 *
 * <p>Enter at {@link org.plateau.classify.Classifier}, whose {@code step()} reads records, has them
 * assembled, brings fields to the network's grid, has maps labelled, measures them, and commits all
 * of it to the journal before anything else can see it. One thread drives it; the network runs on a
 * thread of its own.
 *
 * <p>Neighbours: {@code org.plateau.assembly}, {@code grid}, {@code network}, {@code metrics},
 * {@code equilibration} (what it calls), {@code journal} and {@code results} (where it puts what it
 * got), {@code runcontrol} (who decides on a stop), {@code org.plateau.cli} (who starts it).
 */
package org.plateau.classify;
