package org.plateau.network;

/**
 * Maps as the network takes them.
 *
 * @param count number of maps, n
 * @param maps shape [n, {@link MapEncoder#CHANNELS}, {@link MapEncoder#ROWS}, {@link
 *     MapEncoder#COLUMNS}]
 * @param scalars shape [n, {@link MapEncoder#SCALARS}]
 * @param texture shape [n, {@link MapEncoder#TEXTURES}]: seen by the score "unlike training" alone
 */
public record EncodedMaps(int count, float[] maps, float[] scalars, float[] texture) {

    static EncodedMaps empty(int count) {
        return new EncodedMaps(
                count,
                new float[count * MapEncoder.MAP_SIZE],
                new float[count * MapEncoder.SCALARS],
                new float[count * MapEncoder.TEXTURES]);
    }

    /** A copy of maps {@code from} to {@code from + n - 1}. */
    public EncodedMaps part(int from, int n) {
        EncodedMaps part = empty(n);
        copy(maps, part.maps, from, n, MapEncoder.MAP_SIZE);
        copy(scalars, part.scalars, from, n, MapEncoder.SCALARS);
        copy(texture, part.texture, from, n, MapEncoder.TEXTURES);
        return part;
    }

    private static void copy(float[] source, float[] target, int from, int n, int size) {
        System.arraycopy(source, from * size, target, 0, n * size);
    }
}
