package org.plateau.grid;

/** Missing values on a regular grid. */
public final class Holes {
    private Holes() {}

    /** Whether anything is missing. */
    static boolean any(float[] map) {
        int k = 0;
        for (; k + 7 < map.length; k += 8) {
            // a sum with NaN is NaN; so is that of both infinities, which is looked at closely
            float some = (map[k] + map[k + 1]) + (map[k + 2] + map[k + 3]);
            float others = (map[k + 4] + map[k + 5]) + (map[k + 6] + map[k + 7]);
            if (Float.isNaN(some + others) && any(map, k, 8)) {
                return true;
            }
        }
        return any(map, k, map.length - k);
    }

    private static boolean any(float[] map, int from, int count) {
        for (int k = from; k < from + count; k++) {
            if (Float.isNaN(map[k])) {
                return true;
            }
        }
        return false;
    }

    /** Share of the sphere's area that is missing (NaN), from 0 to 1. */
    public static double share(float[] map, RegularGrid grid) {
        if (!any(map)) {
            return 0;
        }
        double missing = 0;
        double all = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            double area = Math.cos(Math.toRadians(-90 + (i + 0.5) * 180 / grid.nlat()));
            for (int j = 0; j < grid.nlon(); j++) {
                all += area;
                missing += Float.isNaN(map[i * grid.nlon() + j]) ? area : 0;
            }
        }
        return missing / all;
    }

    /**
     * Fills missing values from the mean of their neighbours, from the rims of the holes inwards. A
     * map with no value at all stays as it is.
     */
    public static void fill(float[] map, RegularGrid grid) {
        boolean again = true;
        while (again) {
            float[] before = map.clone();
            boolean missing = false;
            boolean filled = false;
            for (int k = 0; k < map.length; k++) {
                if (Float.isNaN(before[k])) {
                    map[k] = neighbours(before, grid, k / grid.nlon(), k % grid.nlon());
                    missing = true;
                    filled |= !Float.isNaN(map[k]);
                }
            }
            again = missing && filled;
        }
    }

    private static float neighbours(float[] map, RegularGrid grid, int row, int column) {
        double sum = 0;
        int count = 0;
        for (int i = Math.max(0, row - 1); i <= Math.min(grid.nlat() - 1, row + 1); i++) {
            for (int shift = -1; shift <= 1; shift++) {
                int j = Math.floorMod(column + shift, grid.nlon());
                float value = map[i * grid.nlon() + j];
                if (!Float.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
        }
        return count == 0 ? Float.NaN : (float) (sum / count);
    }
}
