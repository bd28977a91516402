package org.plateau.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the hook sees what a program writes, as {@code plateau-inspect} tells it of the program
 * itself and {@code ldd} of the libraries that it loads.
 */
public final class ModelCheck implements Check {
    private static final String OTHERWISE = "use the model API or replay";

    private final String model;
    private final Path inspector;
    private final Programs programs;
    private final String preloads;

    /**
     * @param model the program that writes, a path or a name on the PATH
     * @param inspector the program plateau-inspect of the native build
     */
    public ModelCheck(
            String model, Path inspector, Programs programs, Map<String, String> environment) {
        this.model = model;
        this.inspector = inspector;
        this.programs = programs;
        this.preloads = environment.getOrDefault("LD_PRELOAD", "").strip();
    }

    @Override
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>(hookable());
        if (!preloads.isEmpty()) {
            found.add(
                    Finding.note(
                            "LD_PRELOAD is already set to " + preloads,
                            "plateau-hook puts the hook before it and keeps the rest"));
        }
        return found;
    }

    private List<Finding> hookable() {
        Optional<Path> program = programs.find(model);
        if (program.isEmpty()) {
            return List.of(absent());
        }
        if (programs.find(inspector.toString()).isEmpty()) {
            return List.of(
                    Finding.problem(
                            model + " cannot be looked into: no " + inspector,
                            "build it with make -C native"));
        }
        Programs.Answer answer =
                programs.run(List.of(inspector.toString(), program.get().toString()));
        Optional<String> verdict =
                answer.text()
                        .lines()
                        .filter(line -> line.startsWith("verdict "))
                        .map(line -> line.substring("verdict ".length()))
                        .findFirst();
        return verdict.isEmpty()
                ? List.of(unreadable(answer))
                : judged(verdict.get(), answer.text(), program.get());
    }

    private Finding absent() {
        String expected = model + ": expected an executable, found ";
        Path here = Path.of(model);
        if (Files.isDirectory(here)) {
            return Finding.problem(
                    expected + "a directory", "name the program in it that writes the output");
        }
        if (Files.exists(here) && Files.isExecutable(here)) {
            return Finding.problem(
                    expected + "none of that name on PATH",
                    "for the one in this directory write ./" + model);
        }
        if (Files.exists(here)) {
            return Finding.problem(
                    expected + "a file that may not be executed",
                    "chmod +x it, or name the program that writes the output");
        }
        return Finding.problem(
                expected + "none", "name the program that writes the output with its path");
    }

    private List<Finding> judged(String verdict, String facts, Path program) {
        if (facts.lines().noneMatch("kind dynamic"::equals)) {
            return List.of(ofItself(verdict, facts));
        }
        LoadedLibraries loaded = LoadedLibraries.of(program, programs);
        List<Finding> found = new ArrayList<>();
        found.add(
                verdict.startsWith("unsure") && !loaded.netcdf().isEmpty()
                        ? ofItsLibraries(loaded)
                        : ofItself(verdict, facts));
        if (!loaded.missing().isEmpty()) {
            found.add(
                    Finding.problem(
                            model
                                    + " needs "
                                    + String.join(", ", loaded.missing())
                                    + ": expected where the loader looks, not found",
                            "load the modules that its job script loads, then ask again"));
        }
        return found;
    }

    private Finding ofItsLibraries(LoadedLibraries loaded) {
        return new Finding(
                Finding.Level.OK,
                model
                        + ": a library that it loads writes through a shared netCDF ("
                        + String.join(", ", loaded.netcdf())
                        + ")",
                "put plateau-hook before it");
    }

    private Finding ofItself(String verdict, String facts) {
        String[] words = verdict.split(": ", 2);
        String[] parts = words[words.length - 1].split("; ", 2);
        String what = model + ": " + parts[0] + libraries(facts);
        String remedy = parts.length > 1 ? parts[1] : OTHERWISE;
        Finding.Level level =
                switch (words[0]) {
                    case "seen" -> Finding.Level.OK;
                    case "unsure" -> Finding.Level.NOTE;
                    default -> Finding.Level.PROBLEM;
                };
        return new Finding(level, what, remedy);
    }

    private static String libraries(String facts) {
        List<String> netcdf =
                facts.lines()
                        .filter(line -> line.startsWith("needs libnetcdf"))
                        .map(line -> line.substring("needs ".length()))
                        .toList();
        return netcdf.isEmpty() ? "" : " (" + String.join(", ", netcdf) + ")";
    }

    private Finding unreadable(Programs.Answer answer) {
        return Finding.problem(
                model + " cannot be looked into: " + answer.firstLine(),
                "name a program that you may read");
    }
}
