package org.plateau.network.onnx;

import java.util.List;

/**
 * Writes a network as an ONNX file (opset 13, single precision): operations in order, each named by
 * its one output. Field numbers are those of onnx.proto3.
 */
public final class OnnxWriter {

    private static final int IR_VERSION = 7;
    private static final int OPSET = 13;
    private static final int FLOAT = 1;
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final Protobuf graph = new Protobuf();

    /** An input of shape [batch, dims...]. */
    public OnnxWriter input(String name, long... dims) {
        graph.message(11, valueInfo(name, dims));
        return this;
    }

    /** An output of shape [batch, dims...]. */
    public OnnxWriter output(String name, long... dims) {
        graph.message(12, valueInfo(name, dims));
        return this;
    }

    /** A constant. */
    public OnnxWriter constant(String name, float[] values, long... dims) {
        Protobuf tensor = new Protobuf();
        for (long dim : dims) {
            tensor.number(1, dim);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).floats(9, values));
        return this;
    }

    /** An operation with its inputs and attributes (see {@link #ints}, {@link #number}). */
    public OnnxWriter operation(
            String type, List<String> inputs, String output, Attribute... attributes) {
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, output).text(4, type);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.content);
        }
        graph.message(1, node);
        return this;
    }

    public static Attribute ints(String name, long... values) {
        Protobuf content = new Protobuf().text(1, name);
        for (long value : values) {
            content.number(8, value);
        }
        return new Attribute(content.number(20, ATTRIBUTE_INTS));
    }

    public static Attribute number(String name, long value) {
        return new Attribute(
                new Protobuf().text(1, name).number(3, value).number(20, ATTRIBUTE_INT));
    }

    public static Attribute real(String name, float value) {
        return new Attribute(
                new Protobuf().text(1, name).real(2, value).number(20, ATTRIBUTE_FLOAT));
    }

    /** The whole file. */
    public byte[] toBytes(String name) {
        graph.text(2, name);
        return new Protobuf()
                .number(1, IR_VERSION)
                .text(2, "plateau")
                .message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, OPSET))
                .toBytes();
    }

    private static Protobuf valueInfo(String name, long... dims) {
        Protobuf shape = new Protobuf().message(1, new Protobuf().text(2, "batch"));
        for (long dim : dims) {
            shape.message(1, new Protobuf().number(1, dim));
        }
        Protobuf tensor = new Protobuf().number(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    /** An attribute of an operation. */
    public static final class Attribute {
        private final Protobuf content;

        private Attribute(Protobuf content) {
            this.content = content;
        }
    }
}
