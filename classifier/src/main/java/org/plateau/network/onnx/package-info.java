/**
 * The network in ONNX: {@link org.plateau.network.onnx.OnnxNetwork} runs it in ONNX Runtime, {@link
 * org.plateau.network.onnx.OnnxWriter} writes the file format. The only package that knows ONNX
 * Runtime. A network serves one calling thread and computes in threads of its own.
 */
package org.plateau.network.onnx;
