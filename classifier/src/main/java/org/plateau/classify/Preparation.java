package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.plateau.assembly.Absence;
import org.plateau.assembly.AssemblyListener;
import org.plateau.assembly.Step;
import org.plateau.field.LevelMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings assembled steps to maps, and fixes the levels by the first complete one. One thread. */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final MapMaker maps;
    private final ResultsStore store;
    private final FieldDump dump;
    private final AssemblyListener notices;

    /**
     * @param dump takes every step as it stands on disk; null: nobody does
     * @param notices told of coordinates that cannot be used
     */
    Preparation(MapMaker maps, ResultsStore store, FieldDump dump, AssemblyListener notices) {
        this.maps = maps;
        this.store = store;
        this.dump = dump;
        this.notices = notices;
    }

    /** The maps of a step, or gaps. */
    PreparedStep prepared(Step step) {
        if (dump != null) {
            dump.write(step);
        }
        if (!step.complete()) {
            return gap(step, step.absence());
        }
        try {
            if (!maps.layouts().together(step)) {
                return gap(step, Absence.GRIDS_DIFFER);
            }
            frame(step);
            if (!maps.hasLevels(step, store.frame().pressure())) {
                return gap(step, Absence.GRIDS_DIFFER);
            }
            Absence[] gaps = new Absence[store.frame().levels()];
            List<LevelMap> made = maps.maps(step, store.frame().pressure(), gaps);
            step.release();
            return new PreparedStep(step, made, gaps);
        } catch (SourceLayout.LayoutException | IllegalArgumentException e) {
            notices.notice("coordinates", e.getMessage());
            return gap(step, Absence.GRIDS_DIFFER);
        }
    }

    private PreparedStep gap(Step step, Absence why) {
        int levels = store.frame() == null ? 0 : store.frame().levels();
        Absence[] gaps = new Absence[levels];
        Arrays.fill(gaps, why);
        return new PreparedStep(step, Arrays.asList(new LevelMap[levels]), gaps);
    }

    private void frame(Step step) {
        if (store.frame() != null) {
            return;
        }
        try {
            store.begin(
                    new Frame(
                            step.time().units().text(),
                            step.time().units().calendar().name(),
                            maps.pressures(step),
                            maps.radiativeTimes(step)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.info("{} levels", store.frame().levels());
    }
}
