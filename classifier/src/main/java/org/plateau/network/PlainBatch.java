package org.plateau.network;

import java.util.Arrays;
import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/** Maps as they are, for an engine that has nothing to be prepared. */
final class PlainBatch implements MapBatch {
    private final Engine engine;
    private final LevelMap[] maps;
    private volatile PlanetScales scales;
    private volatile List<Classification> labels = List.of();

    PlainBatch(Engine engine, int maps) {
        this.engine = engine;
        this.maps = new LevelMap[maps];
    }

    @Override
    public void put(int place, LevelMap map, PlanetScales of) {
        maps[place] = map;
        scales = of;
    }

    @Override
    public void run(int count) {
        labels = engine.classify(List.of(Arrays.copyOf(maps, count)), scales);
    }

    @Override
    public Classification label(int place) {
        return labels.get(place);
    }

    @Override
    public void clear() {
        Arrays.fill(maps, null);
        labels = List.of();
    }

    @Override
    public void close() {}
}
