package org.plateau.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.plateau.network.Calibration;
import org.plateau.network.Likeness;
import org.plateau.network.MapEncoder;
import org.plateau.network.NetworkDescriptor;
import org.plateau.network.NetworkFiles;
import org.plateau.network.NetworkGrid;
import org.plateau.network.ProbeMaps;
import org.plateau.network.dl4j.Dl4jNetwork;
import org.plateau.network.dl4j.OnnxExport;

/** Writes a trained network's directory; the same network always becomes the same bytes. */
final class NetworkWriter {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NetworkWriter() {}

    static NetworkDescriptor write(
            Path directory,
            ComputationGraph network,
            Calibration calibration,
            Likeness likeness,
            JsonNode training)
            throws IOException {
        byte[] onnx = OnnxExport.of(network);
        byte[] weights = weights(network);
        Map<String, String> files = new TreeMap<>();
        files.put(NetworkFiles.ONNX, NetworkFiles.sha256(onnx));
        files.put(NetworkFiles.DL4J, NetworkFiles.sha256(weights));
        NetworkDescriptor descriptor =
                new NetworkDescriptor(
                        NetworkDescriptor.FORMAT,
                        NetworkFiles.sha256(onnx),
                        files,
                        NetworkGrid.GRID.nlat(),
                        NetworkGrid.GRID.nlon(),
                        MapEncoder.CHANNEL_NAMES,
                        MapEncoder.SCALAR_NAMES,
                        NetworkDescriptor.knownOutputs(),
                        calibration,
                        likeness,
                        Dl4jNetwork.of(network).run(ProbeMaps.encoded()).logits(),
                        training);
        Files.createDirectories(directory);
        Files.write(directory.resolve(NetworkFiles.ONNX), onnx);
        Files.write(directory.resolve(NetworkFiles.DL4J), weights);
        json(directory.resolve(NetworkFiles.DESCRIPTOR), descriptor);
        return descriptor;
    }

    static void json(Path file, Object value) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(value) + "\n");
    }

    /**
     * Deeplearning4j's own file, without the updater and without the time of day in its entries.
     */
    private static byte[] weights(ComputationGraph network) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, raw, false);
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(raw.toByteArray()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTimeLocal(NO_TIME);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
