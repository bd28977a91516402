package org.plateau.network;

import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/**
 * Maps encoded for a network, in memory that it reads in place. Scalars and texture stay here, too:
 * the score "unlike training" is made of them.
 */
final class EncodedBatch implements MapBatch {
    /** Where a thread encodes one map before it goes to its place. */
    private static final ThreadLocal<EncodedMaps> ONE =
            ThreadLocal.withInitial(() -> EncodedMaps.empty(1));

    private final MapEngine engine;
    private final int size;
    private final float[] scalars;
    private final float[] texture;
    private InputRoom room;
    private RawNetwork.Output output;
    private int count;

    EncodedBatch(MapEngine engine, int size) {
        this.engine = engine;
        this.size = size;
        scalars = new float[size * MapEncoder.SCALARS];
        texture = new float[size * MapEncoder.TEXTURES];
        room = engine.network().room(size);
    }

    int size() {
        return size;
    }

    @Override
    public void put(int place, LevelMap map, PlanetScales scales) {
        EncodedMaps one = ONE.get();
        MapEncoder.encode(map, scales, one, 0);
        room.put(place, one.maps(), one.scalars());
        int at = place * MapEncoder.SCALARS;
        System.arraycopy(one.scalars(), 0, scalars, at, MapEncoder.SCALARS);
        at = place * MapEncoder.TEXTURES;
        System.arraycopy(one.texture(), 0, texture, at, MapEncoder.TEXTURES);
    }

    @Override
    public void run(int maps) {
        count = maps;
        output = engine.outputs(room, maps);
    }

    @Override
    public Classification label(int place) {
        return engine.label(new EncodedMaps(count, new float[0], scalars, texture), output, place);
    }

    /** A network that has taken over since has room of its own. */
    @Override
    public void clear() {
        output = null;
        RawNetwork now = engine.network();
        if (room.network() != now) {
            room.close();
            room = now.room(size);
        }
    }

    @Override
    public void close() {
        room.close();
    }
}
