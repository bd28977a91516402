package org.plateau.network.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtEnvironment;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plateau.network.EncodedMaps;
import org.plateau.network.NetworkFiles;
import org.plateau.network.ProbeMaps;
import org.plateau.network.RawNetwork;

class PinnedMemoryTest {
    private static final List<String> WITHOUT = List.of("libcudart.so.0", "libc.so.6");

    /** Neither a library that is not there nor one that cannot lock anything is in the way. */
    @Test
    void withoutACudaRuntimeMemoryIsUsedAsItIsAndTheReasonIsSaid() throws Exception {
        PinnedMemory pinned = PinnedMemory.of(0, WITHOUT);
        assertEquals("no cudaHostRegister in libcudart.so.0, libc.so.6 here", pinned.problem());
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        try (AutoCloseable locked = pinned.lock(buffer)) {
            assertEquals(42, buffer.put(7, (byte) 42).get(7), locked.toString());
        }
    }

    /** Chunks of eight, as on a GPU; the last one is not full. */
    @Test
    void mapsComeOutOfTheirRoomAsTheyWerePut() throws Exception {
        EncodedMaps probe = ProbeMaps.encoded();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxNetwork network =
                        new OnnxNetwork(NetworkFiles.open("").read(NetworkFiles.ONNX), 1);
                Inputs room =
                        new Inputs(
                                network,
                                environment,
                                probe.count(),
                                8,
                                PinnedMemory.of(0, WITHOUT))) {
            for (int n = 0; n < probe.count(); n++) {
                EncodedMaps one = probe.part(n, 1);
                room.put(n, one.maps(), one.scalars());
            }
            RawNetwork.Output expected = network.run(probe);
            RawNetwork.Output copied = network.run(room.copy(probe.count()));
            assertArrayEquals(expected.logits(), copied.logits());
        }
    }
}
