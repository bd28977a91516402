package org.plateau.network;

import java.util.List;
import java.util.function.Supplier;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.regimes.Regime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encoder, bare network, calibration and likeness in a row. */
final class MapEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(MapEngine.class);

    private final NetworkDescriptor descriptor;
    private final int threads;
    private final Workers workers;
    private final int shifts;
    private EncodedMaps room = EncodedMaps.empty(0);
    private final Supplier<RawNetwork> spare;
    private RawNetwork network;
    private String description;

    /**
     * @param shifts columns by which maps are also turned to either side, to average the outputs;
     *     0: not
     * @param spare opens the network that takes over if {@code network} fails; null if there is
     *     none
     */
    MapEngine(
            NetworkDescriptor descriptor,
            RawNetwork network,
            int threads,
            int shifts,
            String description,
            Supplier<RawNetwork> spare) {
        this.descriptor = descriptor;
        this.network = network;
        this.threads = threads;
        this.shifts = shifts;
        this.workers = new Workers(threads, "encoder");
        this.description = description;
        this.spare = spare;
    }

    @Override
    public List<Classification> classify(List<LevelMap> batch, PlanetScales scales) {
        if (batch.isEmpty()) {
            return List.of();
        }
        room = room.room(batch.size());
        EncodedMaps encoded = room;
        workers.each(batch.size(), n -> MapEncoder.encode(batch.get(n), scales, encoded, n));
        RawNetwork.Output output = ensemble(encoded);
        Classification[] result = new Classification[batch.size()];
        workers.each(batch.size(), n -> result[n] = judge(encoded, output, n));
        return List.of(result);
    }

    /**
     * Means of the outputs over the map turned a little east and west; features of the map itself.
     */
    private RawNetwork.Output ensemble(EncodedMaps encoded) {
        RawNetwork.Output straight = run(encoded);
        if (shifts == 0) {
            return straight;
        }
        float[] mean = straight.logits().clone();
        for (int shift = 1; shift <= shifts; shift++) {
            add(run(encoded.turned(shift)).logits(), mean);
            add(run(encoded.turned(-shift)).logits(), mean);
        }
        for (int k = 0; k < mean.length; k++) {
            mean[k] /= 2 * shifts + 1;
        }
        return new RawNetwork.Output(mean, straight.features());
    }

    private static void add(float[] values, float[] sum) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += values[k];
        }
    }

    private RawNetwork.Output run(EncodedMaps encoded) {
        try {
            return network.run(encoded);
        } catch (RuntimeException e) {
            if (spare == null || network.device().equals("cpu")) {
                throw e;
            }
            LOG.warn("{} failed ({}); going on with the CPU", network.device(), e.getMessage());
            String lost = network.engine() + " on " + network.device() + " failed in the middle";
            network.close();
            network = spare.get();
            description = network.engine() + " on the CPU, since " + lost;
            return network.run(encoded);
        }
    }

    private Classification judge(EncodedMaps encoded, RawNetwork.Output output, int n) {
        int regimes = Regime.values().length;
        Calibration calibration = descriptor.calibration();
        float[] probabilities = new float[regimes];
        for (int k = 0; k < regimes; k++) {
            float logit = output.logits()[n * (regimes + 1) + k];
            probabilities[k] = (float) calibration.probability(k, logit);
        }
        float logit = output.logits()[n * (regimes + 1) + regimes];
        double[] x = Likeness.vector(encoded, output.features(), n);
        Likeness likeness = descriptor.likeness();
        return new Classification(
                probabilities,
                (float) calibration.probability(regimes, logit),
                (float) likeness.unlike(likeness.distance(x)));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Provenance provenance() {
        return new Provenance(
                descriptor.network(),
                network.engine(),
                network.device(),
                network.natives(),
                threads);
    }

    @Override
    public void close() {
        workers.close();
        network.close();
    }
}
