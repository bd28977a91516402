package org.plateau.network;

/**
 * Maps as the network takes them. The arrays may be longer than the maps need.
 *
 * @param count number of maps, n
 * @param maps shape [n, {@link MapEncoder#CHANNELS}, {@link MapEncoder#ROWS}, {@link
 *     MapEncoder#COLUMNS}]
 * @param scalars shape [n, {@link MapEncoder#SCALARS}]
 * @param texture shape [n, {@link MapEncoder#TEXTURES}]: seen by the score "unlike training" alone
 */
public record EncodedMaps(int count, float[] maps, float[] scalars, float[] texture) {

    /** Room for maps, zeros to begin with. */
    public static EncodedMaps empty(int count) {
        return new EncodedMaps(
                count,
                new float[count * MapEncoder.MAP_SIZE],
                new float[count * MapEncoder.SCALARS],
                new float[count * MapEncoder.TEXTURES]);
    }

    /** The first so many maps of these, in the same arrays. */
    EncodedMaps first(int maps) {
        return new EncodedMaps(maps, this.maps, scalars, texture);
    }

    /**
     * The same maps turned about the axis, as their encoded columns stand.
     *
     * @param columns by how many columns eastward
     */
    EncodedMaps turned(int columns) {
        EncodedMaps turned =
                new EncodedMaps(count, new float[count * MapEncoder.MAP_SIZE], scalars, texture);
        int width = MapEncoder.COLUMNS - 2 * MapEncoder.WRAP;
        int rows = count * MapEncoder.CHANNELS * MapEncoder.ROWS;
        for (int row = 0; row < rows; row++) {
            int start = row * MapEncoder.COLUMNS;
            for (int j = 0; j < MapEncoder.COLUMNS; j++) {
                int from = Math.floorMod(j - MapEncoder.WRAP - columns, width);
                turned.maps[start + j] = maps[start + MapEncoder.WRAP + from];
            }
        }
        return turned;
    }

    /** A copy of maps {@code from} to {@code from + n - 1}. */
    public EncodedMaps part(int from, int n) {
        EncodedMaps part = empty(n);
        copy(maps, part.maps, from, n, MapEncoder.MAP_SIZE);
        copy(scalars, part.scalars, from, n, MapEncoder.SCALARS);
        copy(texture, part.texture, from, n, MapEncoder.TEXTURES);
        return part;
    }

    /** Several batches as one, in their order. */
    public static EncodedMaps join(EncodedMaps... parts) {
        int count = 0;
        for (EncodedMaps part : parts) {
            count += part.count;
        }
        EncodedMaps whole = empty(count);
        int at = 0;
        for (EncodedMaps part : parts) {
            System.arraycopy(part.maps, 0, whole.maps, at * MapEncoder.MAP_SIZE, part.maps.length);
            System.arraycopy(
                    part.scalars, 0, whole.scalars, at * MapEncoder.SCALARS, part.scalars.length);
            System.arraycopy(
                    part.texture, 0, whole.texture, at * MapEncoder.TEXTURES, part.texture.length);
            at += part.count;
        }
        return whole;
    }

    private static void copy(float[] source, float[] target, int from, int n, int size) {
        System.arraycopy(source, from * size, target, 0, n * size);
    }
}
