package org.plateau.classify;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.plateau.assembly.Absence;
import org.plateau.assembly.Step;
import org.plateau.field.LevelMap;

/**
 * A step with its maps on the network's grid.
 *
 * @param maps per chosen level, null where the level is a gap
 * @param gaps per chosen level, why
 */
@SuppressWarnings("ArrayRecordComponent")
record PreparedStep(Step step, List<LevelMap> maps, Absence[] gaps) {
    List<LevelMap> present() {
        return maps.stream().filter(Objects::nonNull).toList();
    }

    /** The levels of the maps that are {@link #present}. */
    IntStream levels() {
        return IntStream.range(0, maps.size()).filter(level -> maps.get(level) != null);
    }
}
