package org.plateau.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Numbers on their way to the page: JSON has no NaN, and large arrays travel as base64. */
final class Numbers {
    /** Byte that stands for a missing probability. */
    static final int MISSING = 255;

    /** Byte that stands for a probability of 1. */
    static final int ONE = 250;

    private Numbers() {}

    static ArrayNode array(double[] values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.length);
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
        return array;
    }

    static ArrayNode array(int[] values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.length);
        for (int value : values) {
            array.add(value);
        }
        return array;
    }

    static byte share(float probability) {
        if (Float.isNaN(probability)) {
            return (byte) MISSING;
        }
        return (byte) Math.round(Math.min(1, Math.max(0, probability)) * ONE);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** As little-endian 32-bit floats. */
    static String base64(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return base64(bytes.array());
    }
}
