package org.plateau.network;

/**
 * Encoded maps on their way into one network, in memory that it reads in place and that is used
 * again for the next ones.
 */
public interface InputRoom extends AutoCloseable {

    /** The network that reads them. */
    RawNetwork network();

    /**
     * Puts one encoded map into its place. Any thread; each place is one thread's.
     *
     * @param map shape [{@link MapEncoder#CHANNELS}, {@link MapEncoder#ROWS}, {@link
     *     MapEncoder#COLUMNS}]
     * @param scalars shape [{@link MapEncoder#SCALARS}]
     */
    void put(int place, float[] map, float[] scalars);

    /** Runs the maps in the first places, as {@link RawNetwork#run} does. */
    RawNetwork.Output run(int count);

    /** A copy of the maps in the first places, without their texture, for another network. */
    EncodedMaps copy(int count);

    @Override
    void close();

    /** Room on the heap, for a network that makes its own copy. */
    record OnHeap(RawNetwork network, EncodedMaps maps) implements InputRoom {
        @Override
        public void put(int place, float[] map, float[] scalars) {
            System.arraycopy(map, 0, maps.maps(), place * MapEncoder.MAP_SIZE, MapEncoder.MAP_SIZE);
            System.arraycopy(
                    scalars, 0, maps.scalars(), place * MapEncoder.SCALARS, MapEncoder.SCALARS);
        }

        @Override
        public RawNetwork.Output run(int count) {
            return network.run(maps.first(count));
        }

        @Override
        public EncodedMaps copy(int count) {
            return maps.part(0, count);
        }

        @Override
        public void close() {}
    }
}
