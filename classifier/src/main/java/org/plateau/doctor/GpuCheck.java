package org.plateau.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which GPU there is for the network. */
public final class GpuCheck implements Check {
    private final String device;
    private final Programs programs;

    /**
     * @param device the setting network.device: auto, cpu or cuda:N
     */
    public GpuCheck(String device, Programs programs) {
        this.device = device;
        this.programs = programs;
    }

    @Override
    public List<Finding> findings() {
        if (device.equals("cpu")) {
            return List.of(Finding.ok("the network uses the CPU, as network.device asks"));
        }
        List<String> gpus = gpus();
        if (!gpus.isEmpty()) {
            return present(gpus);
        }
        return List.of(
                device.startsWith("cuda:")
                        ? Finding.problem(
                                "no GPU, but network.device is " + device,
                                "run where nvidia-smi shows one, or set network.device to auto")
                        : Finding.ok("no GPU: the CPU is used"));
    }

    private List<Finding> present(List<String> gpus) {
        int number = device.startsWith("cuda:") ? Integer.parseInt(device.substring(5)) : 0;
        if (number >= gpus.size()) {
            return List.of(
                    Finding.problem(
                            "network.device is " + device + ", but there are " + gpus.size(),
                            "name one from cuda:0 to cuda:" + (gpus.size() - 1)));
        }
        return List.of(
                Finding.note(
                        "GPU: " + gpus.get(number),
                        "it is used if Plateau was built for it (Maven profiles cuda, cuda12) and"
                                + " is the fastest; classifier.log says which device was taken"));
    }

    private List<String> gpus() {
        Optional<Path> tool = programs.find("nvidia-smi");
        if (tool.isEmpty()) {
            return List.of();
        }
        Programs.Answer answer =
                programs.run(
                        List.of(
                                tool.get().toString(),
                                "--query-gpu=name,driver_version,memory.total",
                                "--format=csv,noheader"));
        return answer.code() == 0
                ? answer.text().lines().filter(line -> !line.isBlank()).toList()
                : List.of();
    }
}
