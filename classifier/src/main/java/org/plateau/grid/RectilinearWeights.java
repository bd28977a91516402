package org.plateau.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Weights from latitudes by longitudes to a regular grid: the product of one-dimensional ones. */
final class RectilinearWeights {
    private final SourceGrid.Rectilinear from;
    private final RegularGrid to;
    private final int[] latOrder;
    private final double[] lat;
    private final int[] lonOrder;
    private final double[] lon;

    /** One source row's or column's share; a row reached across the pole is marked. */
    private record Share(int index, double weight, boolean acrossPole) {}

    RectilinearWeights(SourceGrid.Rectilinear from, RegularGrid to, double substellar) {
        this.from = from;
        this.to = to;
        latOrder = order(from.lat(), from.lat().length);
        lat = Arrays.stream(latOrder).mapToDouble(i -> from.lat()[i]).toArray();
        int columns = columnsInUse(from.lon());
        double[] turned =
                Arrays.stream(from.lon(), 0, columns)
                        .map(value -> Sphere.wrapped(value - substellar))
                        .toArray();
        lonOrder = order(turned, columns);
        lon = Arrays.stream(lonOrder).mapToDouble(j -> turned[j]).toArray();
        checkCoverage();
    }

    private static int[] order(double[] values, int count) {
        return java.util.stream.IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int columnsInUse(double[] lon) {
        double circle = Math.abs(lon[lon.length - 1] - lon[0]);
        return Math.abs(circle - 360) < 1e-3 ? lon.length - 1 : lon.length;
    }

    private void checkCoverage() {
        double widest = lon[0] + 360 - lon[lon.length - 1];
        for (int j = 1; j < lon.length; j++) {
            widest = Math.max(widest, lon[j] - lon[j - 1]);
        }
        if (widest > 3 * 360.0 / lon.length) {
            throw new IllegalArgumentException(
                    "grid: expected longitudes all around the planet, found a gap of "
                            + widest
                            + " degrees");
        }
    }

    Regridder build() {
        boolean coarserRows = lat.length > to.nlat();
        boolean coarserColumns = lon.length > to.nlon();
        List<List<Share>> columns = new ArrayList<>();
        List<List<Share>> opposite = new ArrayList<>();
        for (int j = 0; j < to.nlon(); j++) {
            columns.add(columns(j, 0, coarserColumns));
            opposite.add(columns(j, 180, coarserColumns));
        }
        Weights weights = new Weights(to.nlat() * to.nlon());
        List<List<Share>> all = new ArrayList<>();
        for (int i = 0; i < to.nlat(); i++) {
            List<Share> rows = coarserRows ? overlappingRows(i) : adjacentRows(i);
            all.add(rows);
            for (int j = 0; j < to.nlon(); j++) {
                for (Share row : rows) {
                    combine(weights, row, row.acrossPole ? opposite.get(j) : columns.get(j));
                }
                weights.endRow();
            }
        }
        return weights.build(
                from.size(), separable(all, columns), describe(coarserRows, coarserColumns));
    }

    /** The same as a product of rows and columns; null where the longitudes are in no order. */
    private Separable separable(List<List<Share>> rows, List<List<Share>> columns) {
        List<List<Separable.Share>> byColumn =
                columns.stream().map(column -> places(column, lonOrder)).toList();
        if (!Separable.follow(byColumn, lon.length)) {
            return null;
        }
        List<List<Separable.Share>> byRow = new ArrayList<>();
        for (List<Share> row : rows) {
            boolean across = row.stream().anyMatch(Share::acrossPole);
            byRow.add(across ? null : places(row, latOrder));
        }
        return new Separable(from.lon().length, lon.length, byRow, byColumn);
    }

    private static List<Separable.Share> places(List<Share> shares, int[] order) {
        return shares.stream().map(s -> new Separable.Share(order[s.index], s.weight)).toList();
    }

    private String describe(boolean rows, boolean columns) {
        return from
                + " to regular, "
                + to.nlat()
                + " x "
                + to.nlon()
                + ": "
                + (rows ? "conservative" : "linear")
                + " in latitude, "
                + (columns ? "conservative" : "linear")
                + " in longitude";
    }

    private void combine(Weights weights, Share row, List<Share> columns) {
        for (Share column : columns) {
            int index = latOrder[row.index] * from.lon().length + lonOrder[column.index];
            weights.add(index, row.weight * column.weight, row.acrossPole ? -1 : 1, 0);
        }
    }

    private List<Share> adjacentRows(int i) {
        double place = -90 + (i + 0.5) * 180 / to.nlat();
        int last = lat.length - 1;
        if (place > lat[last]) {
            double w = (place - lat[last]) / (180 - 2 * lat[last]);
            return List.of(new Share(last, 1 - w, false), new Share(last, w, true));
        }
        if (place < lat[0]) {
            double w = (lat[0] - place) / (180 + 2 * lat[0]);
            return List.of(new Share(0, 1 - w, false), new Share(0, w, true));
        }
        int above = 1;
        while (lat[above] < place) {
            above++;
        }
        double w = (place - lat[above - 1]) / (lat[above] - lat[above - 1]);
        return List.of(new Share(above - 1, 1 - w, false), new Share(above, w, false));
    }

    private List<Share> overlappingRows(int i) {
        double south = Math.sin(Math.toRadians(-90 + i * 180.0 / to.nlat()));
        double north = Math.sin(Math.toRadians(-90 + (i + 1) * 180.0 / to.nlat()));
        List<Share> shares = new ArrayList<>();
        for (int k = 0; k < lat.length; k++) {
            double low = k == 0 ? -1 : Math.sin(Math.toRadians((lat[k - 1] + lat[k]) / 2));
            double high =
                    k == lat.length - 1 ? 1 : Math.sin(Math.toRadians((lat[k] + lat[k + 1]) / 2));
            double common = Math.min(north, high) - Math.max(south, low);
            if (common > 0) {
                shares.add(new Share(k, common / (north - south), false));
            }
        }
        return shares;
    }

    private List<Share> columns(int j, double shift, boolean overlapping) {
        double place = -180 + (j + 0.5) * 360 / to.nlon() + shift;
        return overlapping ? overlappingColumns(place) : adjacentColumns(Sphere.wrapped(place));
    }

    private List<Share> adjacentColumns(double place) {
        int n = lon.length;
        int above = 0;
        while (above < n && lon[above] < place) {
            above++;
        }
        int east = above % n;
        int west = (above + n - 1) % n;
        double low = above == 0 ? lon[n - 1] - 360 : lon[above - 1];
        double high = above == n ? lon[0] + 360 : lon[above];
        double w = (place - low) / (high - low);
        return List.of(new Share(west, 1 - w, false), new Share(east, w, false));
    }

    private List<Share> overlappingColumns(double place) {
        double half = 180.0 / to.nlon();
        int n = lon.length;
        List<Share> shares = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            double before = k == 0 ? lon[n - 1] - 360 : lon[k - 1];
            double after = k == n - 1 ? lon[0] + 360 : lon[k + 1];
            double low = (before + lon[k]) / 2;
            double high = (lon[k] + after) / 2;
            double common = 0;
            for (int turn = -360; turn <= 720; turn += 360) {
                double top = Math.min(place + half, high + turn);
                common += Math.max(0, top - Math.max(place - half, low + turn));
            }
            if (common > 0) {
                shares.add(new Share(k, common / (2 * half), false));
            }
        }
        return shares;
    }
}
