package org.plateau.results;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ucar.ma2.Array;
import ucar.ma2.DataType;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

/** Variables of a netCDF file that is being made. */
final class NetcdfVariables {
    private static final int NAME = 32;

    private final NetcdfFileWriter file;

    NetcdfVariables(NetcdfFileWriter file) {
        this.file = file;
        file.addDimension(null, "name_strlen", NAME);
    }

    void dimension(String name, int length) {
        file.addDimension(null, name, length);
    }

    /** A variable with attributes, in the order of their names. */
    Variable define(String name, DataType type, String dimensions, Map<String, String> attributes) {
        Variable variable = file.addVariable(null, name, type, dimensions);
        new TreeMap<>(attributes)
                .forEach((key, text) -> variable.addAttribute(new Attribute(key, text)));
        return variable;
    }

    /** Names along a dimension. */
    void words(String name, String dimension) {
        define(name, DataType.CHAR, dimension + " name_strlen", Map.of());
    }

    /** Numbers of which some may be missing, in units that another variable names. */
    void numbers(String name, String dimensions, String longName, String coordinates) {
        define(
                        name,
                        DataType.DOUBLE,
                        dimensions,
                        Map.of("long_name", longName, "coordinates", coordinates))
                .addAttribute(new Attribute("_FillValue", Double.NaN));
    }

    /** Codes with meanings, from 0. */
    void flags(String name, String dimensions, String longName, List<String> meanings) {
        Variable flags = define(name, DataType.BYTE, dimensions, Map.of("long_name", longName));
        byte[] values = new byte[meanings.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = (byte) i);
        flags.addAttribute(
                new Attribute(
                        "flag_values",
                        Array.factory(DataType.BYTE, new int[] {values.length}, values)));
        flags.addAttribute(
                new Attribute(
                        "flag_meanings",
                        meanings.stream()
                                .map(m -> m.replace(' ', '_'))
                                .collect(Collectors.joining(" "))));
    }

    void attribute(String variable, String name, String text) {
        file.findVariable(variable).addAttribute(new Attribute(name, text));
    }

    /** Names as the values of a variable of {@link #words}. */
    static byte[] names(List<String> names) {
        byte[] all = new byte[names.size() * NAME];
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(name, 0, all, i * NAME, Math.min(NAME, name.length));
        }
        return all;
    }
}
