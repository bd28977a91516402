package org.plateau.classify;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plateau.assembly.Coordinates;
import org.plateau.assembly.Field;
import org.plateau.assembly.InputMeaning;
import org.plateau.assembly.Role;
import org.plateau.assembly.Step;
import org.plateau.grid.Regridder;
import org.plateau.grid.RegularGrid;
import org.plateau.grid.SourceGrid;

/** Where fields stand, read once per file, and the weights of their grids. Any thread may ask. */
final class Layouts {
    private static final int GRIDS = 6;

    private final RegularGrid grid;
    private final LevelSettings levels;
    private final InputMeaning meaning;
    private final Map<Coordinates, Map<String, Known>> known = new IdentityHashMap<>();
    private final Map<SourceGrid, Regridder> regridders = new LinkedHashMap<>();
    private final List<ThreadLocal<float[]>> rooms =
            List.of(
                    ThreadLocal.withInitial(() -> new float[0]),
                    ThreadLocal.withInitial(() -> new float[0]));
    private double longitude = Double.NaN;

    private record Known(int version, SourceLayout layout) {}

    Layouts(RegularGrid grid, LevelSettings levels, InputMeaning meaning) {
        this.grid = grid;
        this.levels = levels;
        this.meaning = meaning;
    }

    /**
     * Where the fields of this variable stand.
     *
     * @throws SourceLayout.LayoutException if its coordinates cannot be used
     */
    synchronized SourceLayout of(Field field) {
        Map<String, Known> file = known.computeIfAbsent(field.coordinates(), c -> new HashMap<>());
        String name = field.variable().variable();
        Known before = file.get(name);
        int version = field.coordinates().version();
        if (before != null && before.version == version) {
            return before.layout;
        }
        SourceLayout read = SourceLayout.of(field, levels, meaning.gridRelative(field));
        SourceLayout same =
                file.values().stream()
                        .map(k -> k.layout)
                        .filter(read::alike)
                        .findAny()
                        .orElse(read);
        file.put(name, new Known(version, same));
        return same;
    }

    /** What the vertical axis of a temperature field needs besides the fields of the map. */
    Set<Role> alsoNeeds(Field temperature) {
        try {
            return of(temperature).axis().needs();
        } catch (SourceLayout.LayoutException | IllegalArgumentException e) {
            return Set.of(); // it is said where the maps are made
        }
    }

    /**
     * Whether the fields of a map can be brought together: the same levels, and the winds on one
     * grid or each on latitudes by longitudes of its own.
     */
    boolean together(Step step) {
        SourceLayout t = of(step.fields().get(Role.TEMPERATURE));
        SourceLayout u = of(step.fields().get(Role.EASTWARD_WIND));
        SourceLayout v = of(step.fields().get(Role.NORTHWARD_WIND));
        boolean winds =
                u.grid().equals(v.grid())
                        || u.grid() instanceof SourceGrid.Rectilinear
                                && v.grid() instanceof SourceGrid.Rectilinear;
        boolean pressure =
                !step.fields().containsKey(Role.PRESSURE)
                        || t.sameLevels(of(step.fields().get(Role.PRESSURE)));
        return winds && pressure && t.sameLevels(u) && t.sameLevels(v);
    }

    /** The weights of a grid, made anew only when the substellar point has moved. */
    synchronized Regridder regridder(SourceGrid from, double substellarLongitude) {
        if (substellarLongitude != longitude || regridders.size() > GRIDS) {
            regridders.clear();
            longitude = substellarLongitude;
        }
        return regridders.computeIfAbsent(
                from, g -> Regridder.between(g, grid, substellarLongitude));
    }

    /** Room for one level of two fields before they are regridded, of each thread its own. */
    List<ThreadLocal<float[]>> rooms() {
        return rooms;
    }
}
