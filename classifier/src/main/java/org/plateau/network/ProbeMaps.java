package org.plateau.network;

import java.util.ArrayList;
import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.grid.RegularGrid;

/** A few maps given by formulas, on which every engine must agree with the trained network. */
public final class ProbeMaps {

    public static final int COUNT = 8;

    private ProbeMaps() {}

    /** The maps, encoded. */
    public static EncodedMaps encoded() {
        List<LevelMap> maps = new ArrayList<>();
        for (int n = 0; n < COUNT; n++) {
            maps.add(map(n));
        }
        return MapEncoder.encode(maps, PlanetScales.HD_209458B);
    }

    private static LevelMap map(int n) {
        RegularGrid grid = NetworkGrid.GRID;
        float[] t = new float[grid.size()];
        float[] u = new float[grid.size()];
        float[] v = new float[grid.size()];
        float[] lapse = new float[grid.size()];
        for (int i = 0; i < grid.nlat(); i++) {
            double lat = StrictMath.toRadians(grid.latitude(i));
            for (int j = 0; j < grid.nlon(); j++) {
                double lon = StrictMath.toRadians(grid.longitude(j) - 11.0 * n);
                int k = grid.index(i, j);
                double wave = StrictMath.cos(lat) * StrictMath.cos(lon + 0.2 * n * lat * lat);
                t[k] = (float) (1400 + 40 * n * wave + 5 * n * StrictMath.sin(lat));
                u[k] = (float) (300 * n * StrictMath.cos(2 * lat) + 80 * StrictMath.sin(lon));
                v[k] = (float) (60 * StrictMath.sin(2 * lat) * StrictMath.cos(lon));
                lapse[k] = (float) (20 * (n - 4) + 30 * wave);
            }
        }
        return new LevelMap(grid, 1e4, t, u, v, n == 1 ? null : lapse);
    }
}
