package org.plateau.network;

import java.util.Arrays;
import java.util.List;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code network}: which network, on what.
 *
 * @param engine auto, dl4j or onnx; auto takes the fastest that works here
 * @param device auto, cpu or cuda:N, or several of them separated by commas
 * @param threads computing threads on a CPU, at least 1
 * @param path directory of a network made by {@code plateau train}; empty for the one that ships
 * @param shifts columns of 5 degrees by which each map is also turned to the east and to the west,
 *     and over which the outputs are averaged; 0: not at all
 */
public record NetworkSettings(String engine, String device, int threads, String path, int shifts) {
    private static final int MOST_SHIFTS = 4;

    /** Without turns in longitude. */
    public NetworkSettings(String engine, String device, int threads, String path) {
        this(engine, device, threads, path, 0);
    }

    public static final NetworkSettings DEFAULTS = new NetworkSettings("auto", "auto", 2, "");

    public static NetworkSettings read(SettingsNode section) {
        String engine = section.choice("engine", DEFAULTS.engine, List.of("auto", "dl4j", "onnx"));
        String device = String.join(",", section.texts("device", List.of(DEFAULTS.device)));
        if (!device.matches("auto|(cpu|cuda:\\d{1,3})(,(cpu|cuda:\\d{1,3}))*")) {
            throw section.wrong(
                    "device", "auto, cpu, cuda:N, or a list of the last two", "'" + device + "'");
        }
        int threads = section.integer("threads", DEFAULTS.threads);
        if (threads < 1 || threads > 1024) {
            throw section.wrong("threads", "1 to 1024", Integer.toString(threads));
        }
        int shifts = section.integer("shifts", 0);
        if (shifts < 0 || shifts > MOST_SHIFTS) {
            throw section.wrong("shifts", "0 to " + MOST_SHIFTS, Integer.toString(shifts));
        }
        return new NetworkSettings(
                engine, device, threads, section.text("path", DEFAULTS.path), shifts);
    }

    /** The settings of the engine on each device. */
    List<NetworkSettings> byDevice() {
        return Arrays.stream(device.split(","))
                .map(one -> new NetworkSettings(engine, one, threads, path, shifts))
                .toList();
    }

    /** Whether a GPU is asked for, allowed, or out of the question. */
    boolean wantsGpu() {
        return device.startsWith("cuda:");
    }

    boolean allowsGpu() {
        return !device.equals("cpu");
    }

    /** Number of the GPU; the first unless another is named. */
    int gpu() {
        return wantsGpu() ? Integer.parseInt(device.substring("cuda:".length())) : 0;
    }
}
