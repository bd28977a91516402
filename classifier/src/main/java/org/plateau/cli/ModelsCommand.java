package org.plateau.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.plateau.settings.ModelPreset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plateau models}: the presets, and how the output of each model comes in. */
@Command(
        name = "models",
        description =
                "Lists the models that there is a preset of (model: NAME in the settings) and how"
                        + " their output comes in: live through the hook, through the API, or by"
                        + " replay of files. With a name, that preset alone with its settings.",
        mixinStandardHelpOptions = true)
public final class ModelsCommand implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final String INDENT = "    ";

    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One preset.")
    private String name;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<ModelPreset> all = ModelPreset.all();
        if (name == null) {
            all.forEach(preset -> describe(preset, out));
        } else {
            ModelPreset preset =
                    all.stream()
                            .filter(p -> p.name().equals(name))
                            .findFirst()
                            .orElseThrow(this::unknown);
            describe(preset, out);
            out.println();
            out.print(Files.readString(preset.file()));
        }
        out.flush();
        return 0;
    }

    private IllegalArgumentException unknown() {
        List<String> names = ModelPreset.all().stream().map(ModelPreset::name).toList();
        return new IllegalArgumentException(
                "expected one of " + String.join(", ", names) + ", found '" + name + "'");
    }

    private static void describe(ModelPreset preset, PrintWriter out) {
        out.printf(
                "%-12s %s: %s%n", preset.name(), preset.title(), String.join(", ", preset.ways()));
        lines(preset.how()).forEach(out::println);
        lines("Tried: " + preset.tried()).forEach(out::println);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split("\\s+")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
