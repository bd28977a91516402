package org.plateau.assembly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plateau.message.Attribute;
import org.plateau.message.VariableDescriptor;

/** The variables of a file that do not change with time. One thread. */
public final class Coordinates {
    private static final Coordinates NONE = new Coordinates();

    private final Map<String, PartialField> fields = new LinkedHashMap<>();
    private int version;

    /**
     * One of them.
     *
     * @param values in C order; its length is the product of the dimensions' lengths
     * @param shape as many lengths as there are dimensions, global
     */
    public record Coordinate(VariableDescriptor variable, double[] values, int[] shape) {
        public String name() {
            return variable.variable();
        }

        /** Text of an attribute, empty if there is none. */
        public String text(String attribute) {
            return variable.attribute(attribute).map(Attribute::text).orElse("");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Coordinate c
                    && variable.equals(c.variable)
                    && Arrays.equals(values, c.values);
        }

        @Override
        public int hashCode() {
            return variable.hashCode();
        }

        @Override
        public String toString() {
            return name() + Arrays.toString(shape);
        }
    }

    /** No coordinates at all. */
    public static Coordinates none() {
        return NONE;
    }

    PartialField field(Variable variable) {
        PartialField field = fields.get(variable.name());
        if (field == null
                || !Arrays.equals(field.placement().shape(), variable.placement().shape())) {
            field = new PartialField(variable.descriptor(), variable.placement(), new UsedRoom());
            fields.put(variable.name(), field);
        }
        version++;
        return field;
    }

    /** Grows with every change. */
    public int version() {
        return version;
    }

    /** The variable of that name, once every element of it has come. */
    public Optional<Coordinate> named(String name) {
        return Optional.ofNullable(fields.get(name)).filter(PartialField::complete).map(this::view);
    }

    /** All that are complete. */
    public List<Coordinate> all() {
        List<Coordinate> all = new ArrayList<>();
        fields.values().stream().filter(PartialField::complete).map(this::view).forEach(all::add);
        return all;
    }

    /**
     * The variable as the surface pressure, if a vertical axis names it in its formula terms (CF
     * appendix D); as it is otherwise.
     */
    Variable surfacePressure(Variable variable) {
        if (variable.kind() != Variable.Kind.OTHER) {
            return variable;
        }
        String mention = "ps: " + variable.name();
        boolean named =
                fields.values().stream()
                        .flatMap(f -> f.variable().attribute("formula_terms").stream())
                        .anyMatch(terms -> (terms.text() + " ").contains(mention + " "));
        return named ? variable.as(Role.SURFACE_PRESSURE) : variable;
    }

    private Coordinate view(PartialField field) {
        return new Coordinate(field.variable(), field.numbers(), field.placement().shape());
    }
}
