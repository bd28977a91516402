package org.plateau.regimes;

import java.util.function.DoubleBinaryOperator;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;

/** Maps given by formulas of latitude and longitude in degrees. */
public final class AnalyticMaps {

    public static final RegularGrid GRID = new RegularGrid(36, 72);

    private AnalyticMaps() {}

    public static LevelMap of(
            DoubleBinaryOperator temperature, DoubleBinaryOperator u, DoubleBinaryOperator lapse) {
        return new LevelMap(
                GRID,
                1e4,
                field(temperature),
                field(u),
                field((lat, lon) -> 0),
                lapse == null ? null : field(lapse));
    }

    public static LevelMap temperature(DoubleBinaryOperator temperature) {
        return of(temperature, (lat, lon) -> 0, null);
    }

    public static float[] field(DoubleBinaryOperator formula) {
        float[] values = new float[GRID.size()];
        for (int i = 0; i < GRID.nlat(); i++) {
            for (int j = 0; j < GRID.nlon(); j++) {
                values[GRID.index(i, j)] =
                        (float) formula.applyAsDouble(GRID.latitude(i), GRID.longitude(j));
            }
        }
        return values;
    }

    public static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }

    public static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }

    /** Day side hot under the star. */
    public static double day(double lat, double lon) {
        return Math.max(0, cos(lat) * cos(lon));
    }

    /** A hot crest east of the star on the equator, west of it at mid-latitudes. */
    public static double chevron(double lat, double lon) {
        double crest = 40 * cos(2 * lat);
        return cos(lat) * cos(lon - crest);
    }
}
