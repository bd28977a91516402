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
    private final Supplier<RawNetwork> spare;
    private EncodedBatch own;
    private volatile RawNetwork network;
    private volatile String description;

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
        EncodedBatch maps = own(batch.size());
        workers.each(batch.size(), n -> maps.put(n, batch.get(n), scales));
        maps.run(batch.size());
        Classification[] result = new Classification[batch.size()];
        workers.each(batch.size(), n -> result[n] = maps.label(n));
        return List.of(result);
    }

    private EncodedBatch own(int maps) {
        if (own != null && own.size() >= maps) {
            own.clear();
            return own;
        }
        if (own != null) {
            own.close();
        }
        own = new EncodedBatch(this, maps);
        return own;
    }

    @Override
    public MapBatch batch(int maps) {
        return new EncodedBatch(this, maps);
    }

    /** The network that computes now. */
    RawNetwork network() {
        return network;
    }

    /**
     * The network's outputs for the first maps of a room. With turns: means of the logits over the
     * maps turned a little east and west; features of the maps themselves.
     */
    RawNetwork.Output outputs(InputRoom room, int count) {
        RawNetwork.Output straight = straight(room, count);
        if (shifts == 0) {
            return straight;
        }
        EncodedMaps encoded = room.copy(count);
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

    private RawNetwork.Output straight(InputRoom room, int count) {
        if (room.network() != network) {
            return run(room.copy(count)); // encoded before another network took over
        }
        try {
            return room.run(count);
        } catch (RuntimeException e) {
            takeOver(e);
            return network.run(room.copy(count));
        }
    }

    private RawNetwork.Output run(EncodedMaps encoded) {
        try {
            return network.run(encoded);
        } catch (RuntimeException e) {
            takeOver(e);
            return network.run(encoded);
        }
    }

    /** Puts the spare network in the place of one that has failed, if there is one. */
    private void takeOver(RuntimeException e) {
        RawNetwork failed = network;
        if (spare == null || failed.device().equals("cpu")) {
            throw e;
        }
        LOG.warn("{} failed ({}); going on with the CPU", failed.device(), e.getMessage());
        String lost = failed.engine() + " on " + failed.device() + " failed in the middle";
        failed.close();
        network = spare.get();
        description = network.engine() + " on the CPU, since " + lost;
    }

    /** What the outputs for map {@code n} mean. Any thread. */
    Classification label(EncodedMaps encoded, RawNetwork.Output output, int n) {
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
        if (own != null) {
            own.close();
        }
        network.close();
    }
}
