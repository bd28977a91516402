package org.plateau.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.ElementType;
import org.plateau.message.VariableDescriptor;
import ucar.ma2.DataType;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/** Variables and attributes of a file as records describe them. */
final class Descriptions {
    private Descriptions() {}

    static VariableDescriptor of(String path, NetcdfFile file, Variable variable) {
        List<Dimension> dimensions =
                variable.getDimensions().stream()
                        .map(d -> new Dimension(d.getShortName(), d.getLength(), d.isUnlimited()))
                        .toList();
        return new VariableDescriptor(
                path,
                name(variable),
                type(variable),
                dimensions,
                attributes(variable.getAttributes()),
                globals(file));
    }

    static VariableDescriptor ofFile(String path, NetcdfFile file) {
        return new VariableDescriptor(
                path, "", Optional.empty(), List.of(), List.of(), globals(file));
    }

    private static List<Attribute> globals(NetcdfFile file) {
        return attributes(
                file.getGlobalAttributes().stream()
                        .filter(a -> !a.getShortName().equals("history"))
                        .toList());
    }

    /** Whether the first dimension is that of the records. */
    static boolean grows(Variable variable) {
        return variable.getRank() > 0
                && (variable.getDimension(0).isUnlimited()
                        || variable.getDimension(0).getShortName().startsWith("time"));
    }

    static String name(Variable variable) {
        return variable.getParentGroup() == null || variable.getParentGroup().isRoot()
                ? variable.getShortName()
                : "/" + variable.getFullName();
    }

    /** The type on disk, if it is one that records can hold. */
    static Optional<ElementType> type(Variable variable) {
        return type(variable.getDataType(), variable.isUnsigned());
    }

    private static Optional<ElementType> type(DataType type, boolean unsigned) {
        return switch (type) {
            case BYTE -> Optional.of(unsigned ? ElementType.UBYTE : ElementType.BYTE);
            case CHAR -> Optional.of(ElementType.CHAR);
            case SHORT -> Optional.of(unsigned ? ElementType.USHORT : ElementType.SHORT);
            case INT -> Optional.of(unsigned ? ElementType.UINT : ElementType.INT);
            case LONG -> Optional.of(unsigned ? ElementType.UINT64 : ElementType.INT64);
            case FLOAT -> Optional.of(ElementType.FLOAT);
            case DOUBLE -> Optional.of(ElementType.DOUBLE);
            default -> Optional.empty();
        };
    }

    private static List<Attribute> attributes(List<ucar.nc2.Attribute> from) {
        List<Attribute> attributes = new ArrayList<>();
        for (ucar.nc2.Attribute a : from) {
            if (a.isString()) {
                List<String> words = new ArrayList<>();
                for (int i = 0; i < a.getLength(); i++) {
                    words.add(a.getStringValue(i));
                }
                attributes.add(
                        words.size() == 1
                                ? Attribute.text(a.getShortName(), words.get(0))
                                : Attribute.words(a.getShortName(), words));
            } else {
                number(a).ifPresent(attributes::add);
            }
        }
        return attributes;
    }

    private static Optional<Attribute> number(ucar.nc2.Attribute a) {
        Optional<ElementType> type = type(a.getDataType(), a.isUnsigned());
        if (type.isEmpty() || a.getLength() == 0) {
            return Optional.empty();
        }
        if (a.getDataType().isFloatingPoint()) {
            double[] values = new double[a.getLength()];
            java.util.Arrays.setAll(values, i -> a.getNumericValue(i).doubleValue());
            return Optional.of(Attribute.numbers(a.getShortName(), type.get(), values));
        }
        long[] values = new long[a.getLength()];
        java.util.Arrays.setAll(values, i -> a.getNumericValue(i).longValue());
        return Optional.of(Attribute.integers(a.getShortName(), type.get(), values));
    }
}
