package org.plateau.classify;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.plateau.network.Devices;
import org.plateau.network.Engine;
import org.plateau.network.Engines;

/** Puts a classifier together from settings and drives it to its end. */
public final class ClassifierRun {
    private static final long NAP_MILLIS = 20;

    private ClassifierRun() {}

    /**
     * A classifier over the inbox of the settings' queue.
     *
     * @param live whether there is a model that could be stopped
     */
    public static Classifier open(ClassifierSettings settings, Clock clock, boolean live)
            throws IOException {
        Devices devices =
                settings.classify().labels().equals("computed")
                        ? new Devices(List.of(new ComputedEngine()))
                        : Devices.open(settings.network());
        return new Classifier(settings, new QueueInbox(settings.queue()), devices, live, clock);
    }

    /** One engine, for looks at single maps apart from the labelling. */
    public static Engine engine(ClassifierSettings settings) {
        return settings.classify().labels().equals("computed")
                ? new ComputedEngine()
                : Engines.open(settings.network());
    }

    /**
     * Runs it until the end has been announced and nothing is left to do.
     *
     * @param ended whether no record will be added any more
     */
    public static void untilDone(Classifier classifier, BooleanSupplier ended) {
        while (!Thread.currentThread().isInterrupted()) {
            boolean last = ended.getAsBoolean();
            if (classifier.step() > 0) {
                continue;
            }
            if (last) {
                classifier.finish();
                return;
            }
            nap();
        }
    }

    private static void nap() {
        try {
            Thread.sleep(NAP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
