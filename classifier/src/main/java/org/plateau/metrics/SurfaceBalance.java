package org.plateau.metrics;

import java.util.Set;
import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * Net downward heat flux at the surface, from its net or from radiation less the turbulent fluxes
 * that the model writes, by CF standard names.
 */
final class SurfaceBalance implements WrittenMetric {
    private static final String HEAT = "surface_downward_heat_flux_in_air";
    private static final String NET = "surface_net_downward_radiative_flux";
    private static final String SHORT = "surface_net_downward_shortwave_flux";
    private static final String LONG = "surface_net_downward_longwave_flux";
    private static final String LONG_NET_UP = "surface_net_upward_longwave_flux";
    private static final String SHORT_DOWN = "surface_downwelling_shortwave_flux_in_air";
    private static final String SHORT_UP = "surface_upwelling_shortwave_flux_in_air";
    private static final String LONG_DOWN = "surface_downwelling_longwave_flux_in_air";
    private static final String LONG_UP = "surface_upwelling_longwave_flux_in_air";
    private static final String SENSIBLE = "surface_upward_sensible_heat_flux";
    private static final String LATENT = "surface_upward_latent_heat_flux";

    @Override
    public String name() {
        return "surface_balance";
    }

    @Override
    public String unit() {
        return "W m-2";
    }

    @Override
    public Set<String> needs() {
        return Set.of(
                HEAT,
                NET,
                SHORT,
                LONG,
                LONG_NET_UP,
                SHORT_DOWN,
                SHORT_UP,
                LONG_DOWN,
                LONG_UP,
                SENSIBLE,
                LATENT);
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(1, 0);
    }

    @Override
    public double value(Written written) {
        if (written.knows(HEAT)) {
            return written.first(HEAT);
        }
        double radiation =
                written.knows(NET)
                        ? written.first(NET)
                        : part(written, SHORT, SHORT_DOWN, SHORT_UP) + longwave(written);
        return radiation - turbulent(written, SENSIBLE) - turbulent(written, LATENT);
    }

    private static double longwave(Written written) {
        return written.knows(LONG_NET_UP)
                ? -written.first(LONG_NET_UP)
                : part(written, LONG, LONG_DOWN, LONG_UP);
    }

    private static double part(Written written, String net, String down, String up) {
        return written.knows(net) ? written.first(net) : written.first(down) - written.first(up);
    }

    /** A model without it writes none; one that writes it must have done so for this time. */
    private static double turbulent(Written written, String name) {
        return written.knows(name) ? written.first(name) : 0;
    }
}
