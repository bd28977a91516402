package org.plateau.classify;

import java.util.Arrays;
import java.util.Set;
import org.plateau.assembly.Role;

/** Where the levels of a field lie, in the order of the file. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface VerticalAxis {
    int levels();

    /** Which fields the pressures of the levels are made of. */
    Set<Role> needs();

    boolean sameAs(VerticalAxis other);

    /**
     * Levels of constant pressure, or taken as such.
     *
     * @param pressure Pa
     */
    record Constant(double[] pressure) implements VerticalAxis {
        @Override
        public int levels() {
            return pressure.length;
        }

        @Override
        public Set<Role> needs() {
            return Set.of();
        }

        @Override
        public boolean sameAs(VerticalAxis other) {
            return other instanceof Constant c && Arrays.equals(pressure, c.pressure);
        }
    }

    /**
     * Levels whose pressure is a + b times that at the surface (CF appendix D: hybrid
     * sigma-pressure and sigma coordinates).
     *
     * @param a Pa
     * @param b 1
     */
    record Hybrid(double[] a, double[] b) implements VerticalAxis {
        @Override
        public int levels() {
            return a.length;
        }

        @Override
        public Set<Role> needs() {
            return Set.of(Role.SURFACE_PRESSURE);
        }

        @Override
        public boolean sameAs(VerticalAxis other) {
            return other instanceof Hybrid h && Arrays.equals(a, h.a) && Arrays.equals(b, h.b);
        }
    }

    /** Levels of any kind (height, model level numbers) whose pressure is a field of its own. */
    record ByField(int levels) implements VerticalAxis {
        @Override
        public Set<Role> needs() {
            return Set.of(Role.PRESSURE);
        }

        @Override
        public boolean sameAs(VerticalAxis other) {
            return equals(other);
        }
    }
}
