package org.plateau.grid;

import java.util.Arrays;

/** Gathers the weights of a regridding, target cell after target cell. Not thread-safe. */
final class Weights {
    private final int[] rowStart;
    private int rows;
    private int size;
    private int[] source = new int[1024];
    private double[] weight = new double[1024];
    private double[] cosine = new double[1024];
    private double[] sine = new double[1024];
    private boolean turned;

    Weights(int targets) {
        rowStart = new int[targets + 1];
    }

    void add(int from, double value) {
        add(from, value, 1, 0);
    }

    /** One source cell's share, whose wind is first turned by the angle given. */
    void add(int from, double value, double cos, double sin) {
        if (value == 0) {
            return;
        }
        if (size == source.length) {
            source = Arrays.copyOf(source, 2 * size);
            weight = Arrays.copyOf(weight, 2 * size);
            cosine = Arrays.copyOf(cosine, 2 * size);
            sine = Arrays.copyOf(sine, 2 * size);
        }
        source[size] = from;
        weight[size] = value;
        cosine[size] = cos;
        sine[size] = sin;
        turned |= cos != 1 || sin != 0;
        size++;
    }

    void endRow() {
        rowStart[++rows] = size;
    }

    Regridder build(int sourceSize, String description) {
        return build(sourceSize, null, description);
    }

    /**
     * @param separable the same as a product, null where it is none
     */
    Regridder build(int sourceSize, Separable separable, String description) {
        return new Regridder(
                sourceSize,
                rowStart,
                Arrays.copyOf(source, size),
                Arrays.copyOf(weight, size),
                turned ? Arrays.copyOf(cosine, size) : null,
                turned ? Arrays.copyOf(sine, size) : null,
                separable,
                description);
    }
}
