package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ucar.ma2.Array;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/** What the classifier assembled is what stands in the model's file. */
@Tag("coupler")
@ExtendWith(Workplace.class)
class FieldsArriveBitForBitTest {
    @ParameterizedTest(name = "{0} ranks, {1}")
    @CsvSource({"1, float", "2, double", "4, float"})
    void everyFieldInTheFileEqualsTheAssembledOne(int ranks, String type, Path work)
            throws Exception {
        Path dump = work.resolve("fields");
        ModelRun run = ModelRun.small(work, type).ranks(ranks);
        run.settings("classify: {labels: computed, dumpFields: " + dump + "}\n");

        run.watch();

        try (NetcdfFile file = NetcdfFile.open(run.output().toString())) {
            int records = file.findDimension("time").getLength();
            assertTrue(records > 0);
            for (String name : List.of("T", "u", "v")) {
                for (int record = 0; record < records; record++) {
                    compare(file.findVariable(name), record, dump);
                }
            }
        }
    }

    private static void compare(Variable variable, int record, Path dump) throws Exception {
        int[] shape = variable.getShape();
        int[] origin = new int[shape.length];
        origin[0] = record;
        shape[0] = 1;
        Array written = variable.read(origin, shape);
        String name = String.format("minigcm.nc.%s.%06d.bin", variable.getShortName(), record);
        ByteBuffer assembled =
                ByteBuffer.wrap(Files.readAllBytes(dump.resolve(name)))
                        .order(ByteOrder.LITTLE_ENDIAN);
        boolean single = written.getElementType() == float.class;
        assertEquals(written.getSize() * (single ? 4 : 8), assembled.remaining(), name);
        for (int i = 0; i < written.getSize(); i++) {
            long expected =
                    single
                            ? Float.floatToRawIntBits(written.getFloat(i))
                            : Double.doubleToRawLongBits(written.getDouble(i));
            long came = single ? assembled.getInt() : assembled.getLong();
            assertEquals(expected, came, name + ", element " + i);
        }
    }
}
