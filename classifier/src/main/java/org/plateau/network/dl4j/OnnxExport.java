package org.plateau.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.MergeVertex;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plateau.network.MapEncoder;
import org.plateau.network.onnx.OnnxNetwork;
import org.plateau.network.onnx.OnnxWriter;

/**
 * Writes a trained network of {@link NetworkLayout}'s kinds of layer as ONNX, weights unchanged.
 */
public final class OnnxExport {

    private final ComputationGraph network;
    private final OnnxWriter writer = new OnnxWriter();

    private OnnxExport(ComputationGraph network) {
        this.network = network;
    }

    /**
     * The ONNX file of a network.
     *
     * @throws IllegalArgumentException if it has a layer of a kind that is not known here
     */
    public static byte[] of(ComputationGraph network) {
        return new OnnxExport(network).write();
    }

    private byte[] write() {
        writer.input(OnnxNetwork.MAPS, MapEncoder.CHANNELS, MapEncoder.ROWS, MapEncoder.COLUMNS)
                .input(OnnxNetwork.SCALARS, MapEncoder.SCALARS);
        for (int index : network.topologicalSortOrder()) {
            vertex(network.getVertices()[index]);
        }
        return writer.output(OnnxNetwork.LOGITS, network.layerSize(NetworkLayout.OUTPUT))
                .output(OnnxNetwork.FEATURES, network.layerSize(NetworkLayout.FEATURES))
                .toBytes("plateau");
    }

    private void vertex(GraphVertex vertex) {
        if (vertex.isInputVertex()) {
            return;
        }
        List<String> inputs = new ArrayList<>();
        for (VertexIndices input : vertex.getInputVertices()) {
            inputs.add(network.getVertices()[input.getVertexIndex()].getVertexName());
        }
        if (vertex instanceof MergeVertex) {
            writer.operation(
                    "Concat", inputs, vertex.getVertexName(), OnnxWriter.number("axis", 1));
            return;
        }
        layer(vertex.getVertexName(), inputs.get(0), vertex.getLayer().conf().getLayer());
    }

    private void layer(String name, String input, Layer layer) {
        if (layer instanceof ConvolutionLayer convolution) {
            convolution(name, input, convolution);
            activation(name, convolution.getActivationFn());
        } else if (layer instanceof DenseLayer dense) {
            dense(name, input);
            activation(name, dense.getActivationFn());
        } else if (layer instanceof OutputLayer && name.equals(NetworkLayout.OUTPUT)) {
            dense(name, input);
            writer.operation("Identity", List.of(linear(name)), OnnxNetwork.LOGITS);
        } else {
            throw new IllegalArgumentException("no ONNX form is known of layer " + name);
        }
    }

    private void convolution(String name, String input, ConvolutionLayer layer) {
        INDArray weights = constants(name);
        int[] kernel = layer.getKernelSize();
        int[] stride = layer.getStride();
        int[] pad = layer.getPadding();
        writer.constant(name + ".W", values(weights), weights.shape())
                .operation(
                        "Conv",
                        List.of(input, name + ".W", name + ".b"),
                        linear(name),
                        OnnxWriter.ints("kernel_shape", kernel[0], kernel[1]),
                        OnnxWriter.ints("strides", stride[0], stride[1]),
                        OnnxWriter.ints("pads", pad[0], pad[1], pad[0], pad[1]));
    }

    private void dense(String name, String input) {
        INDArray weights = constants(name);
        String flat = input;
        if (network.getConfiguration().getVertices().get(name)
                        instanceof org.deeplearning4j.nn.conf.graph.LayerVertex vertex
                && vertex.getPreProcessor() != null) {
            flat = name + ".flat";
            writer.operation("Flatten", List.of(input), flat, OnnxWriter.number("axis", 1));
        }
        writer.constant(name + ".W", values(weights), weights.shape())
                .operation("Gemm", List.of(flat, name + ".W", name + ".b"), linear(name));
    }

    private INDArray constants(String name) {
        INDArray bias = network.getLayer(name).getParam("b");
        writer.constant(name + ".b", values(bias), bias.length());
        return network.getLayer(name).getParam("W");
    }

    private void activation(String name, IActivation activation) {
        List<String> input = List.of(linear(name));
        if (activation instanceof ActivationReLU) {
            writer.operation("Relu", input, name);
        } else if (activation instanceof ActivationELU elu) {
            writer.operation("Elu", input, name, OnnxWriter.real("alpha", (float) elu.getAlpha()));
        } else {
            throw new IllegalArgumentException(
                    "no ONNX form is known of activation " + activation + " of layer " + name);
        }
    }

    private static String linear(String name) {
        return name + ".linear";
    }

    private static float[] values(INDArray array) {
        return array.dup('c').data().asFloat();
    }
}
