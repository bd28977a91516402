/**
 * The network: maps in, calibrated probabilities out, on whichever processor is there.
 *
 * <p>Enter at {@link org.plateau.network.Engines#open}. {@link org.plateau.network.MapEncoder}
 * makes the input, a {@link org.plateau.network.RawNetwork} computes (in {@code .dl4j} or {@code
 * .onnx}), {@link org.plateau.network.Calibration} and {@link org.plateau.network.Likeness} turn
 * raw outputs into what is reported. An engine serves one thread at a time and may use several
 * inside. Neighbours: {@code org.plateau.training} makes the files that {@link
 * org.plateau.network.NetworkFiles} reads.
 */
package org.plateau.network;
