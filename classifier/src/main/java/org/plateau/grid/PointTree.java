package org.plateau.grid;

import java.util.Arrays;

/** A k-d tree over points of the unit sphere: which lie nearest to a place. Immutable. */
final class PointTree {
    private final double[][] points;
    private final int[] order;

    PointTree(double[][] points) {
        this.points = points;
        this.order = new int[points.length];
        Arrays.setAll(order, i -> i);
        build(0, order.length, 0);
    }

    private void build(int from, int to, int axis) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        select(from, to - 1, middle, axis);
        build(from, middle, (axis + 1) % 3);
        build(middle + 1, to, (axis + 1) % 3);
    }

    private void select(int from, int to, int k, int axis) {
        int low = from;
        int high = to;
        while (low < high) {
            double pivot = points[order[(low + high) >>> 1]][axis];
            int i = low;
            int j = high;
            while (i <= j) {
                while (points[order[i]][axis] < pivot) {
                    i++;
                }
                while (points[order[j]][axis] > pivot) {
                    j--;
                }
                if (i <= j) {
                    int swap = order[i];
                    order[i++] = order[j];
                    order[j--] = swap;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    int nearest(double[] place) {
        return nearest(place, 1)[0];
    }

    /** Indices of the nearest points, nearest first. */
    int[] nearest(double[] place, int count) {
        Search search = new Search(place, Math.min(count, points.length));
        search.visit(0, order.length, 0);
        return search.found;
    }

    private final class Search {
        private final double[] place;
        private final int[] found;
        private final double[] distance;
        private int size;

        Search(double[] place, int count) {
            this.place = place;
            this.found = new int[count];
            this.distance = new double[count];
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
        }

        void visit(int from, int to, int axis) {
            if (from >= to) {
                return;
            }
            int middle = (from + to) >>> 1;
            double offset = place[axis] - points[order[middle]][axis];
            int next = (axis + 1) % 3;
            if (offset < 0) {
                visit(from, middle, next);
            } else {
                visit(middle + 1, to, next);
            }
            offer(order[middle]);
            if (offset * offset <= distance[found.length - 1]) {
                if (offset < 0) {
                    visit(middle + 1, to, next);
                } else {
                    visit(from, middle, next);
                }
            }
        }

        private void offer(int index) {
            double d = Sphere.distanceSquared(place, points[index]);
            if (d >= distance[found.length - 1]) {
                return;
            }
            int at = Math.min(size, found.length - 1);
            while (at > 0 && distance[at - 1] > d) {
                distance[at] = distance[at - 1];
                found[at] = found[at - 1];
                at--;
            }
            distance[at] = d;
            found[at] = index;
            size = Math.min(size + 1, found.length);
        }
    }
}
