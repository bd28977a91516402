package org.plateau.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plateau.message.ElementType;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/**
 * What a file says of how much its model writes at one output time.
 *
 * @param variables those that grow with time, with what they are at one time
 * @param part whether the file holds the part of one writer, as in XIOS's {@code multiple_file}
 */
public record OutputTimes(List<Growing> variables, boolean part) {
    /** Models often hand over doubles whatever they store. */
    private static final int BYTES_OF_A_NUMBER = 8;

    public OutputTimes {
        variables = List.copyOf(variables);
    }

    /**
     * A variable that grows with time.
     *
     * @param name with groups, as in records
     * @param dimensions names, joined by commas
     * @param bytes at one time, as the model may hand them over: 8 for every real number
     */
    public record Growing(String name, String dimensions, long bytes) {}

    /**
     * Reads the head of a file.
     *
     * @throws ReplayException if it is no netCDF file
     */
    public static OutputTimes of(Path path) {
        List<Growing> growing = new ArrayList<>();
        try (NetcdfFile file = NetcdfFile.open(path.toString())) {
            for (Variable variable : file.getVariables()) {
                Optional<ElementType> type = Descriptions.type(variable);
                if (type.isPresent() && Descriptions.grows(variable)) {
                    growing.add(growing(variable, type.get()));
                }
            }
            Attribute parts = file.findGlobalAttribute("DOMAIN_number_total");
            Number count = parts == null ? null : parts.getNumericValue();
            return new OutputTimes(growing, count != null && count.intValue() > 1);
        } catch (IOException e) {
            throw new ReplayException(
                    path + ": expected a netCDF file, found " + e.getMessage(), e);
        }
    }

    private static Growing growing(Variable variable, ElementType type) {
        boolean real = type == ElementType.FLOAT || type == ElementType.DOUBLE;
        long bytes = real ? BYTES_OF_A_NUMBER : type.bytes();
        for (int d = 1; d < variable.getRank(); d++) {
            bytes *= variable.getShape(d);
        }
        List<String> names = variable.getDimensions().stream().map(d -> d.getShortName()).toList();
        return new Growing(Descriptions.name(variable), String.join(",", names), bytes);
    }
}
