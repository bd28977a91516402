package org.plateau.network.onnx;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Locks memory in its place for a GPU, which can then fetch it by itself; what is not locked the
 * driver copies first. ONNX Runtime's Java API has neither an allocator of such memory nor I/O
 * binding (microsoft/onnxruntime issue 17032), and copies inputs from any host memory by {@code
 * cudaMemcpyAsync} (its {@code gpu_data_transfer.cc}); so the memory that its tensors stand over is
 * registered with the CUDA runtime that it has loaded. Has not been run on a GPU yet.
 *
 * <p>Deeplearning4j needs none of it: ND4J's CUDA backend allocates its host memory by {@code
 * cudaHostAlloc} (its {@code NativeOps.cu}).
 */
final class PinnedMemory {
    private static final List<String> RUNTIMES =
            List.of("libcudart.so.12", "libcudart.so.13", "libcudart.so");

    /** {@code cudaHostRegisterPortable}: for all contexts of the process. */
    private static final int PORTABLE = 1;

    private final NativeLibrary cuda;
    private final int gpu;
    private String problem;

    private PinnedMemory(NativeLibrary cuda, int gpu, String problem) {
        this.cuda = cuda;
        this.gpu = gpu;
        this.problem = problem;
    }

    /** For a GPU of that number; without a CUDA runtime nothing is locked. */
    static PinnedMemory of(int gpu) {
        return of(gpu, RUNTIMES);
    }

    /**
     * The same.
     *
     * @param runtimes names of the library, the first that is there is taken
     */
    static PinnedMemory of(int gpu, List<String> runtimes) {
        List<String> missing = new ArrayList<>();
        for (String name : runtimes) {
            try {
                NativeLibrary library = NativeLibrary.getInstance(name);
                library.getFunction("cudaHostRegister");
                return new PinnedMemory(library, gpu, "");
            } catch (UnsatisfiedLinkError e) {
                missing.add(name);
            }
        }
        return new PinnedMemory(
                null, gpu, "no cudaHostRegister in " + String.join(", ", missing) + " here");
    }

    /** Why memory is not locked; empty if it is. */
    String problem() {
        return problem;
    }

    /**
     * Locks a buffer outside the heap. If that fails it is used as it is, and {@link #problem} says
     * why. Any thread.
     *
     * @param buffer begins and ends with a page, so that no other shares one with it
     * @return undoes it, before the buffer goes
     */
    synchronized AutoCloseable lock(ByteBuffer buffer) {
        if (cuda == null) {
            return () -> {};
        }
        Pointer start = Native.getDirectBufferPointer(buffer);
        int error = call("cudaSetDevice", gpu);
        if (error == 0) {
            error = call("cudaHostRegister", start, (long) buffer.capacity(), PORTABLE);
        }
        if (error != 0) {
            call("cudaGetLastError"); // or the next call of the runtime would report it
            problem =
                    cuda.getFunction("cudaGetErrorString")
                            .invokeString(new Object[] {error}, false);
            return () -> {};
        }
        return () -> call("cudaHostUnregister", start);
    }

    private int call(String name, Object... arguments) {
        Function function = cuda.getFunction(name);
        return function.invokeInt(arguments);
    }
}
