package org.plateau.assembly;

import java.util.Optional;
import org.plateau.message.Attribute;
import org.plateau.message.ElementType;
import org.plateau.message.VariableDescriptor;

/**
 * What the assembler makes of a variable that it sees for the first time.
 *
 * @param dataset the file, or the file of which this one is a part
 * @param metric what it counts as in the metrics of the column; empty: nothing
 */
record Variable(
        VariableDescriptor descriptor,
        String dataset,
        Placement placement,
        Kind kind,
        Optional<Role> role,
        String metric) {

    enum Kind {
        /** Temperature or wind. */
        INPUT,
        /** A scalar or a horizontal field from which a metric of the column is made. */
        WRITTEN,
        /** A number or a pair per record: times and their bounds. */
        SMALL,
        /** Without a record dimension. */
        COORDINATE,
        /** Nothing that is needed. */
        OTHER
    }

    static Variable of(VariableDescriptor descriptor, InputNames names) {
        Placement placement = Placement.of(descriptor);
        Optional<Role> role = names.role(descriptor);
        Optional<String> metric = names.written(descriptor);
        Kind kind;
        if (descriptor.type().filter(type -> type != ElementType.STRING).isEmpty()) {
            kind = Kind.OTHER;
        } else if (role.isPresent() && placement.recordDimension() == 0) {
            kind = Kind.INPUT;
        } else if (metric.isPresent() && placement.recordDimension() == 0) {
            kind = Kind.WRITTEN;
        } else if (placement.recordDimension() == 0 && placement.elements() <= 2) {
            kind = Kind.SMALL;
        } else {
            kind = placement.recordDimension() < 0 ? Kind.COORDINATE : Kind.OTHER;
        }
        return new Variable(
                descriptor, dataset(descriptor), placement, kind, role, metric.orElse(""));
    }

    static String dataset(VariableDescriptor descriptor) {
        double parts = descriptor.global("DOMAIN_number_total").map(Attribute::number).orElse(1.0);
        return parts > 1
                ? descriptor.path().replaceFirst("_\\d+(?=\\.[^./]*$|$)", "")
                : descriptor.path();
    }

    /** The same as an input, if it has a record dimension and a type that can be one. */
    Variable as(Role other) {
        boolean numbers = descriptor.type().filter(t -> t != ElementType.STRING).isPresent();
        return numbers && placement.recordDimension() == 0
                ? new Variable(descriptor, dataset, placement, Kind.INPUT, Optional.of(other), "")
                : this;
    }

    String name() {
        return descriptor.variable();
    }
}
