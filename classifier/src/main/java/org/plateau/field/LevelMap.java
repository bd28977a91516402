package org.plateau.field;

import java.util.Objects;
import org.plateau.grid.RegularGrid;

/**
 * Temperature and wind of one pressure level at one time, centred on the substellar point.
 *
 * <p>The arrays have shape [lat * lon] in the order of {@link RegularGrid#index} and are not
 * copied: whoever makes a map leaves them alone afterwards.
 *
 * @param grid where the values stand
 * @param pressure of the level, Pa
 * @param temperature K
 * @param u eastward wind, m s-1
 * @param v northward wind, m s-1
 * @param lapse dT/dln(p), K; negative where temperature falls with pressure (an inversion); null if
 *     the neighbouring levels are not known
 */
public record LevelMap(
        RegularGrid grid,
        double pressure,
        float[] temperature,
        float[] u,
        float[] v,
        float[] lapse) {

    public LevelMap {
        Objects.requireNonNull(grid, "grid");
        expect("temperature", temperature, grid);
        expect("u", u, grid);
        expect("v", v, grid);
        if (lapse != null) {
            expect("lapse", lapse, grid);
        }
    }

    private static void expect(String name, float[] values, RegularGrid grid) {
        Objects.requireNonNull(values, name);
        if (values.length != grid.size()) {
            throw new IllegalArgumentException(
                    name + " has " + values.length + " values, its grid " + grid.size());
        }
    }
}
