package org.plateau.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one model: a settings file in {@code config/models}, whose section {@code model}
 * says how the model's output comes in, and whose other sections stand beneath those of the user's
 * file that names it with {@code model: name}.
 *
 * @param name as the settings name it: the file's name without {@code .yaml}
 * @param title the model's name for people
 * @param ways how its output comes in: {@code live}, {@code api}, {@code replay}; the best first
 * @param how what that takes, and what does not work
 * @param tried what of it was run, with what; honest
 * @param file where it stands
 */
public record ModelPreset(
        String name, String title, List<String> ways, String how, String tried, Path file) {
    private static final String ENDING = ".yaml";
    private static final List<String> WAYS = List.of("live", "api", "replay");

    /** The presets that come with Plateau, in the order of their names. */
    public static List<ModelPreset> all() {
        try (Stream<Path> files = Files.list(folder())) {
            List<Path> sorted = files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList();
            return sorted.stream().map(ModelPreset::read).toList();
        } catch (IOException e) {
            throw new SettingsException(
                    folder() + ": expected the models' presets, found no such folder");
        }
    }

    /**
     * Reads one.
     *
     * @throws SettingsException if its section {@code model} is not what it should be
     */
    public static ModelPreset read(Path file) {
        SettingsNode section = SettingsFile.preset(file).section("model");
        List<String> ways = section.texts("ways", List.of());
        if (ways.isEmpty() || !WAYS.containsAll(ways)) {
            throw section.wrong("ways", "a list out of " + String.join(", ", WAYS), "" + ways);
        }
        String base = file.getFileName().toString();
        ModelPreset preset =
                new ModelPreset(
                        base.substring(0, base.length() - ENDING.length()),
                        section.text("title", ""),
                        ways,
                        section.text("how", "").strip(),
                        section.text("tried", "").strip(),
                        file);
        section.finish();
        return preset;
    }

    /**
     * The preset's file of a name, or a file of one's own, relative to the settings that name it.
     */
    static Path find(String model, SettingsNode root) {
        boolean own = model.endsWith(ENDING);
        Path file = own ? root.beside(model) : folder().resolve(model + ENDING);
        if (!Files.isReadable(file)) {
            throw root.wrong("model", own ? "a readable file" : "one of " + names(), model);
        }
        read(file);
        return file;
    }

    private static String names() {
        List<String> names = new ArrayList<>();
        all().forEach(preset -> names.add(preset.name));
        return names.stream().collect(Collectors.joining(", ")) + ", or a preset file (.yaml)";
    }

    private static Path folder() {
        String home = System.getenv("PLATEAU_HOME");
        if (home == null) {
            throw new SettingsException(
                    "model: expected PLATEAU_HOME in the environment, found none; source"
                            + " slurm/env.sh");
        }
        return Path.of(home).resolve("config/models");
    }
}
