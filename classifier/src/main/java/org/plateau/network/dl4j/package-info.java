/**
 * The network in Deeplearning4j: {@link org.plateau.network.dl4j.Dl4jNetwork} runs it, {@link
 * org.plateau.network.dl4j.NetworkLayout} says of which layers it is made, {@link
 * org.plateau.network.dl4j.OnnxExport} writes the same weights as ONNX. With {@code
 * org.plateau.training} the only package that knows Deeplearning4j and ND4J. One calling thread.
 */
package org.plateau.network.dl4j;
