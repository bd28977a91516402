/**
 * Makes a network from runs of a model: reads them, labels them, trains, calibrates, judges the
 * result on runs it was not trained on and writes it down.
 *
 * <p>Enter at {@link org.plateau.training.Training#run}. The steps, in order: {@link
 * org.plateau.training.RunReader}, {@link org.plateau.training.Split}, {@link
 * org.plateau.training.Samples} (with {@link org.plateau.training.Augmentation}), {@link
 * org.plateau.training.Trainer}, {@link org.plateau.training.Fits}, {@link
 * org.plateau.training.Evaluation}, {@link org.plateau.training.NetworkWriter}, {@link
 * org.plateau.training.ModelCard}. One calling thread; samples are prepared on a second.
 * Neighbours: {@code org.plateau.regimes} gives the labels, {@code org.plateau.network} runs what
 * is made.
 */
package org.plateau.training;
