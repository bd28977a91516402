package org.plateau.cli;

import java.util.concurrent.Semaphore;
import org.plateau.classify.ClassifierRun;
import org.plateau.classify.ClassifierSettings;
import org.plateau.field.LevelMap;
import org.plateau.monitor.Saliency;
import org.plateau.network.Engine;
import org.plateau.network.NetworkGrid;
import org.plateau.network.NetworkSettings;
import org.plateau.network.Occlusion;

/**
 * Looks at single maps with an engine of its own, one thread on the CPU, opened at the first
 * request, so that the labelling never waits for it.
 */
final class MonitorSaliency implements Saliency, AutoCloseable {
    private final ClassifierSettings settings;
    private final Semaphore free = new Semaphore(1);
    private Engine engine;

    MonitorSaliency(ClassifierSettings settings) {
        NetworkSettings network = settings.network();
        this.settings =
                settings.with(new NetworkSettings(network.engine(), "cpu", 1, network.path()));
    }

    @Override
    public Seen of(LevelMap map) {
        if (!map.grid().equals(NetworkGrid.GRID)) {
            return null;
        }
        if (!free.tryAcquire()) {
            throw new BusyException();
        }
        try {
            if (engine == null) {
                engine = ClassifierRun.engine(settings);
            }
            Occlusion seen = Occlusion.of(engine, map, settings.planet().scales());
            return new Seen(
                    seen.regime().text(),
                    seen.probability(),
                    Occlusion.ROWS,
                    Occlusion.COLUMNS,
                    seen.drop());
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        free.acquireUninterruptibly();
        if (engine != null) {
            engine.close();
        }
    }
}
