package org.plateau.assembly;

import java.util.Optional;
import org.plateau.message.Attribute;
import org.plateau.message.ElementType;
import org.plateau.message.VariableDescriptor;

/**
 * What the assembler makes of a variable that it sees for the first time.
 *
 * @param dataset the file, or the file of which this one is a part
 */
record Variable(
        VariableDescriptor descriptor,
        String dataset,
        Placement placement,
        Kind kind,
        Optional<Role> role) {

    enum Kind {
        /** Temperature or wind. */
        INPUT,
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
        Kind kind;
        if (descriptor.type().filter(type -> type != ElementType.STRING).isEmpty()) {
            kind = Kind.OTHER;
        } else if (role.isPresent() && placement.recordDimension() == 0) {
            kind = Kind.INPUT;
        } else if (placement.recordDimension() == 0 && placement.elements() <= 2) {
            kind = Kind.SMALL;
        } else {
            kind = placement.recordDimension() < 0 ? Kind.COORDINATE : Kind.OTHER;
        }
        return new Variable(descriptor, dataset(descriptor), placement, kind, role);
    }

    static String dataset(VariableDescriptor descriptor) {
        double parts = descriptor.global("DOMAIN_number_total").map(Attribute::number).orElse(1.0);
        return parts > 1
                ? descriptor.path().replaceFirst("_\\d+(?=\\.[^./]*$|$)", "")
                : descriptor.path();
    }

    String name() {
        return descriptor.variable();
    }
}
