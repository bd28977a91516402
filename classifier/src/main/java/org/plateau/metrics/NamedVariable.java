package org.plateau.metrics;

import java.util.Set;
import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** A variable that a person asked to judge: a scalar, or the mean of a horizontal field. */
final class NamedVariable implements WrittenMetric {
    private static final int LONGEST = 31;

    private final String variable;
    private final Tolerance tolerance;

    NamedVariable(String variable, Tolerance tolerance) {
        this.variable = variable;
        this.tolerance = tolerance;
    }

    @Override
    public String name() {
        String name = variable.replaceAll("[^A-Za-z0-9_.-]", "_");
        return name.substring(0, Math.min(LONGEST, name.length()));
    }

    /** Empty: the model's file says. */
    @Override
    public String unit() {
        return "";
    }

    @Override
    public Tolerance tolerance() {
        return tolerance;
    }

    @Override
    public Set<String> needs() {
        return Set.of(variable);
    }

    @Override
    public double value(Written written) {
        return written.first(variable);
    }
}
