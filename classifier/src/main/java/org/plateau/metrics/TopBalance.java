package org.plateau.metrics;

import java.util.Set;
import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * Net downward radiative flux at the top of the atmosphere, from its net or from the flux absorbed
 * and the flux emitted, by CF standard names. Usual tolerance: a hundredth of the absorbed flux.
 */
final class TopBalance implements WrittenMetric {
    private static final String NET = "toa_net_downward_radiative_flux";
    private static final String NET_MODEL =
            "net_downward_radiative_flux_at_top_of_atmosphere_model";
    private static final String ABSORBED = "toa_net_downward_shortwave_flux";
    private static final String INCOMING = "toa_incoming_shortwave_flux";
    private static final String REFLECTED = "toa_outgoing_shortwave_flux";
    private static final String EMITTED = "toa_outgoing_longwave_flux";
    private static final String NET_EMITTED = "toa_net_upward_longwave_flux";

    private static final double PART = 0.01;

    @Override
    public String name() {
        return "toa_balance";
    }

    @Override
    public String unit() {
        return "W m-2";
    }

    @Override
    public Set<String> needs() {
        return Set.of(NET, NET_MODEL, ABSORBED, INCOMING, REFLECTED, EMITTED, NET_EMITTED);
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(1, 0);
    }

    @Override
    public Tolerance tolerance(Written first) {
        double absorbed = Math.abs(absorbed(first));
        return absorbed > 0 ? new Tolerance(PART * absorbed, 0) : tolerance();
    }

    @Override
    public double value(Written written) {
        double balance = absorbed(written) - written.first(EMITTED, NET_EMITTED);
        return written.knows(NET, NET_MODEL) ? written.first(NET, NET_MODEL) : balance;
    }

    private static double absorbed(Written written) {
        return written.knows(ABSORBED)
                ? written.first(ABSORBED)
                : written.first(INCOMING) - written.first(REFLECTED);
    }
}
