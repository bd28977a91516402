package org.plateau.classify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How full a GPU is, as {@code nvidia-smi} says it every ten seconds on a thread of its own; silent
 * where there is no such program.
 */
final class GpuUse {
    private static final int EVERY_SECONDS = 10;

    /** What one look said; negative where unknown. */
    record Look(double busy, long usedBytes, long totalBytes) {}

    private final List<String> command;
    private volatile Look latest;

    private GpuUse(List<String> command) {
        this.command = command;
    }

    /**
     * Follows a device of an engine.
     *
     * @param device "cuda:N"; anything else is not followed
     */
    static GpuUse of(String device) {
        if (!device.startsWith("cuda:")) {
            return new GpuUse(List.of());
        }
        GpuUse use =
                new GpuUse(
                        List.of(
                                "nvidia-smi",
                                "--id=" + device.substring("cuda:".length()),
                                "--query-gpu=utilization.gpu,memory.used,memory.total",
                                "--format=csv,noheader,nounits"));
        use.follow();
        return use;
    }

    private void follow() {
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(
                        work -> {
                            Thread made = new Thread(work, "gpu-use");
                            made.setDaemon(true);
                            return made;
                        });
        thread.scheduleWithFixedDelay(this::look, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(EVERY_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return;
            }
            byte[] said = process.getInputStream().readNBytes(1000);
            latest = parse(new String(said, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            latest = null; // no such program: nothing is known of the GPU
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line such as {@code 37, 1024, 81559}: per cent and MiB; null if it is another. */
    static Look parse(String line) {
        String[] parts = line.strip().split("\\s*,\\s*");
        if (parts.length != 3 || !List.of(parts).stream().allMatch(p -> p.matches("\\d{1,9}"))) {
            return null;
        }
        return new Look(
                Integer.parseInt(parts[0]) / 100.0,
                Long.parseLong(parts[1]) << 20,
                Long.parseLong(parts[2]) << 20);
    }

    void report(Map<String, Object> map) {
        Look now = latest;
        if (now != null) {
            map.put("gpuBusy", now.busy);
            map.put("gpuUsedBytes", now.usedBytes);
            map.put("gpuTotalBytes", now.totalBytes);
        }
    }
}
