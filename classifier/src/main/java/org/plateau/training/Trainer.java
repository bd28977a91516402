package org.plateau.training;

import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.plateau.network.dl4j.Dl4jNetwork;
import org.plateau.network.dl4j.NetworkLayout;

/** Fits the weights: Adam with a step that falls to zero, a fixed number of batches. */
final class Trainer {

    static final int BATCH = 32;

    private static final double STEP = 1.5e-3;
    private static final int REPORTS = 20;

    private final Samples samples;
    private final int batches;
    private final Consumer<String> progress;

    Trainer(Samples samples, int batches, Consumer<String> progress) {
        this.samples = samples;
        this.batches = batches;
        this.progress = progress;
    }

    ComputationGraph train(long seed) {
        ComputationGraph network =
                NetworkLayout.create(
                        seed, new PolySchedule(ScheduleType.ITERATION, STEP, 1, batches + 1));
        ExecutorService ahead = Executors.newSingleThreadExecutor();
        try {
            long start = System.nanoTime();
            double loss = 0;
            int since = 0;
            Future<Samples.Batch> next = ahead.submit(() -> samples.batch(0));
            for (int n = 0; n < batches; n++) {
                Samples.Batch batch = next.get();
                int following = n + 1;
                next = ahead.submit(() -> samples.batch(following));
                fit(network, batch);
                loss += network.score();
                since++;
                if ((n + 1) % Math.max(1, batches / REPORTS) == 0) {
                    report(n + 1, loss / since, start);
                    loss = 0;
                    since = 0;
                }
            }
            return network;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } finally {
            ahead.shutdownNow();
        }
    }

    private static void fit(ComputationGraph network, Samples.Batch batch) {
        INDArray labels = Nd4j.create(batch.labels(), new long[] {BATCH, Labels.COUNT}, 'c');
        INDArray[] inputs = Dl4jNetwork.inputs(batch.input(), BATCH);
        network.fit(inputs, new INDArray[] {labels});
    }

    private void report(int done, double loss, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "batch %d of %d: loss %.4f, %.0f maps/s, %.0f s left",
                        done,
                        batches,
                        loss / Labels.COUNT,
                        done * BATCH / seconds,
                        seconds / done * (batches - done)));
    }
}
