package org.plateau.results;

import java.io.IOException;
import ucar.ma2.Array;
import ucar.ma2.ArrayChar;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;

/** Metrics of the column of an invented run: one sampled at every other output, one never. */
final class SyntheticColumn {
    private static final byte UNDECIDED = 2;
    private static final byte EQUILIBRATED = 5;

    private SyntheticColumn() {}

    static void define(NetcdfFileWriter writer) {
        writer.addDimension(null, "column_metric", 2);
        String over = "column_metric";
        writer.addVariable(null, "column_metric_name", DataType.CHAR, over + " name_strlen");
        writer.addVariable(null, "column_metric_units", DataType.CHAR, over + " name_strlen");
        writer.addVariable(null, "column_value", DataType.DOUBLE, "time " + over);
        String meanings =
                writer.findVariable("verdict").findAttribute("flag_meanings").getStringValue();
        writer.addVariable(null, "column_metric_verdict", DataType.BYTE, "time " + over)
                .addAttribute(new Attribute("flag_meanings", meanings));
        writer.addVariable(null, "column_verdict", DataType.BYTE, "time")
                .addAttribute(new Attribute("flag_meanings", meanings));
        for (String name : new String[] {"column_since", "column_mean", "column_tolerance"}) {
            writer.addVariable(null, name, DataType.DOUBLE, over);
        }
    }

    static void write(NetcdfFileWriter writer, int outputs)
            throws IOException, InvalidRangeException {
        names(writer, "column_metric_name", "toa_balance");
        names(writer, "column_metric_units", "W m-2");
        put(writer, "column_since", new double[] {outputs, Double.NaN}, 2);
        put(writer, "column_mean", new double[] {0, Double.NaN}, 2);
        put(writer, "column_tolerance", new double[] {20, Double.NaN}, 2);
        double[] value = new double[2 * outputs];
        byte[] verdicts = new byte[2 * outputs];
        byte[] verdict = new byte[outputs];
        for (int t = 0; t < outputs; t++) {
            value[2 * t] = t % 2 == 0 ? 4000 * Math.exp(-8.0 * t / outputs) : Double.NaN;
            value[2 * t + 1] = Double.NaN;
            verdict[t] = 2 * t < outputs ? UNDECIDED : EQUILIBRATED;
            verdicts[2 * t] = verdict[t];
            verdicts[2 * t + 1] = -1;
        }
        put(writer, "column_value", value, outputs, 2);
        put(writer, "column_metric_verdict", verdicts, outputs, 2);
        put(writer, "column_verdict", verdict, outputs);
    }

    private static void names(NetcdfFileWriter writer, String variable, String first)
            throws IOException, InvalidRangeException {
        ArrayChar.D2 text = new ArrayChar.D2(2, 32);
        text.setString(0, first);
        writer.write(writer.findVariable(variable), text);
    }

    private static void put(NetcdfFileWriter writer, String name, Object values, int... shape)
            throws IOException, InvalidRangeException {
        DataType type = writer.findVariable(name).getDataType();
        writer.write(writer.findVariable(name), Array.factory(type, shape, values));
    }
}
