package org.plateau.classify;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.plateau.assembly.Field;
import org.plateau.grid.Regridder;
import org.plateau.grid.RegularGrid;

/** The mean over the sphere of a scalar or of a horizontal field. One thread. */
final class SphereMean {
    private final RegularGrid grid;
    private final Map<String, Known> layouts = new HashMap<>();

    private record Known(int version, int[] index, Regridder regridder) {}

    /**
     * @param grid on which the mean is taken, by the area of its cells
     */
    SphereMean(RegularGrid grid) {
        this.grid = grid;
    }

    /**
     * The mean of what is not missing, in the unit of the field; NaN if more than half is missing.
     *
     * @throws SourceLayout.LayoutException if it cannot be told where the elements stand
     */
    double of(Field field) {
        if (Arrays.stream(field.shape()).allMatch(length -> length == 1)) {
            return field.values(0, new int[1])[0];
        }
        Known known = known(field);
        float[] map = known.regridder.scalar(field.values(0, known.index()));
        double sum = 0;
        double share = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            for (int j = 0; j < grid.nlon(); j++) {
                float value = map[grid.index(i, j)];
                if (!Float.isNaN(value)) {
                    sum += grid.weight(i) * value;
                    share += grid.weight(i);
                }
            }
        }
        return share >= 0.5 ? sum / share : Double.NaN;
    }

    private Known known(Field field) {
        String key = field.variable().path() + "\n" + field.variable().variable();
        int version = field.coordinates().version();
        Known known = layouts.get(key);
        if (known == null || known.version != version) {
            HorizontalAxes axes = HorizontalAxes.alone(field);
            Regridder regridder = Regridder.between(axes.grid(), grid, 0);
            known = new Known(version, axes.index(field), regridder);
            layouts.put(key, known);
        }
        return known;
    }
}
