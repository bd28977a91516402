package org.plateau.doctor;

import java.util.List;

/** One question about the machine, the settings or the model. */
public interface Check {
    /** The answers, at least one; what cannot be found out is a finding too. */
    List<Finding> findings();
}
