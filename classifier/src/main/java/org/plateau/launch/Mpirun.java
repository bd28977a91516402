package org.plateau.launch;

import java.util.function.UnaryOperator;
import org.plateau.settings.SettingsException;

/**
 * The mpirun that starts the coupler's ranks. The first on a job's PATH may be the model's own:
 * Intel MPI's, MPICH's. It is asked once, when somebody wants to know.
 */
final class Mpirun {
    private final String name;
    private final UnaryOperator<String> version;
    private String says;

    /**
     * @param version what an mpirun says of itself; empty if there is none
     */
    Mpirun(String name, UnaryOperator<String> version) {
        this.name = name;
        this.version = version;
    }

    String name() {
        return name;
    }

    boolean isOpenMpi() {
        if (says == null) {
            says = version.apply(name);
        }
        return says.contains("Open MPI");
    }

    /**
     * What is to be said of one that is not Open MPI's.
     *
     * @throws SettingsException if there are several nodes
     */
    String remark(int nodes) {
        String found = name + ": " + says.lines().findFirst().orElse("no such program");
        if (nodes == 1) {
            return "plateau: found no Open MPI (" + found + "); on one node the coupler needs none";
        }
        throw new SettingsException(
                "PLATEAU_COUPLER_MPIRUN: expected Open MPI's mpirun for the coupler's ranks on "
                        + nodes
                        + " nodes, found "
                        + found
                        + "; name Open MPI's in slurm/env.sh, the model keeps its own");
    }
}
