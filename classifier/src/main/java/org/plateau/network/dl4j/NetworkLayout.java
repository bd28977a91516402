package org.plateau.network.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.schedule.ISchedule;
import org.plateau.network.MapEncoder;
import org.plateau.network.NetworkDescriptor;

/**
 * The layers: three convolutions (the first two of stride 2), a dense layer over all places, the
 * scalars joined in, one more hidden layer, and one output per regime and for "nothing recognised".
 */
public final class NetworkLayout {

    /** Name of the input of maps. */
    public static final String MAPS = "maps";

    /** Name of the input of scalars. */
    public static final String SCALARS = "scalars";

    /** Name of the last hidden layer. */
    public static final String FEATURES = "features";

    /** Name of the layer of logits. */
    public static final String LOGITS = "logits";

    /** Width of the last hidden layer. */
    public static final int WIDTH = 48;

    private NetworkLayout() {}

    /** A network with fresh weights. */
    public static ComputationGraph create(long seed, ISchedule learningRate) {
        int outputs = NetworkDescriptor.knownOutputs().size();
        ComputationGraphConfiguration layout =
                new NeuralNetConfiguration.Builder()
                        .seed(seed)
                        .updater(new Adam(learningRate))
                        .weightInit(WeightInit.RELU)
                        .l2(1e-5)
                        .convolutionMode(ConvolutionMode.Truncate)
                        .graphBuilder()
                        .addInputs(MAPS, SCALARS)
                        .addLayer("conv1", convolution(5, 2, 12), MAPS)
                        .addLayer("conv2", convolution(3, 2, 24), "conv1")
                        .addLayer("conv3", convolution(3, 1, 24), "conv2")
                        .addLayer("places", dense(64, Activation.RELU), "conv3")
                        .addVertex("joined", new MergeVertex(), "places", SCALARS)
                        .addLayer("mixed", dense(64, Activation.RELU), "joined")
                        .addLayer(FEATURES, dense(WIDTH, Activation.ELU), "mixed")
                        .addLayer(LOGITS, dense(outputs, Activation.IDENTITY), FEATURES)
                        .addLayer(
                                "loss",
                                new LossLayer.Builder(LossFunctions.LossFunction.XENT)
                                        .activation(Activation.SIGMOID)
                                        .build(),
                                LOGITS)
                        .setOutputs("loss")
                        .setInputTypes(
                                InputType.convolutional(
                                        MapEncoder.ROWS, MapEncoder.COLUMNS, MapEncoder.CHANNELS),
                                InputType.feedForward(MapEncoder.SCALARS))
                        .build();
        ComputationGraph network = new ComputationGraph(layout);
        network.init();
        return network;
    }

    /** Latitude is filled up with zeros; longitude is already wrapped by the encoder. */
    private static ConvolutionLayer convolution(int size, int stride, int channels) {
        return new ConvolutionLayer.Builder(size, size)
                .stride(stride, stride)
                .padding(size / 2, 0)
                .nOut(channels)
                .activation(Activation.RELU)
                .build();
    }

    private static DenseLayer dense(int width, Activation activation) {
        return new DenseLayer.Builder().nOut(width).activation(activation).build();
    }
}
