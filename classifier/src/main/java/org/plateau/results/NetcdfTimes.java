package org.plateau.results;

import java.io.IOException;
import java.nio.file.Path;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/** Times in files that a model leaves behind. */
public final class NetcdfTimes {
    private NetcdfTimes() {}

    /**
     * A number with its units.
     *
     * @param units empty if the file does not say
     */
    public record Value(double number, String units) {}

    /**
     * The last value of a variable, or the value of a global attribute, of that name.
     *
     * @throws IOException if the file cannot be read or has no such number; the message says which
     */
    public static Value read(Path file, String name) throws IOException {
        try (NetcdfFile netcdf = NetcdfFile.open(file.toString())) {
            Variable variable = netcdf.findVariable(name);
            if (variable != null && variable.getSize() > 0) {
                Attribute units = variable.findAttribute("units");
                double last = variable.read().getDouble((int) variable.getSize() - 1);
                return new Value(last, units == null ? "" : units.getStringValue());
            }
            Attribute attribute = netcdf.findGlobalAttribute(name);
            if (attribute != null && attribute.getNumericValue() != null) {
                return new Value(attribute.getNumericValue().doubleValue(), "");
            }
            throw new IOException("expected a variable or a global attribute " + name);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
