package org.plateau.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.plateau.launch.RunPlan;
import org.plateau.settings.EffectiveSettings;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau settings}: what a settings file comes to. */
@Command(
        name = "settings",
        description = {
            "Checks a settings file and prints the value that counts of every setting, and where it"
                    + " comes from: your file, the preset of the model that it names, or the"
                    + " default. config/plateau.yaml explains them.",
            "  plateau settings --settings plateau.yaml --changed"
        },
        mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-s", "--settings"},
            required = true,
            paramLabel = "FILE",
            description = "Settings file.")
    private Path settings;

    @Option(names = "--changed", description = "Only what is not the default.")
    private boolean changed;

    @Override
    public Integer call() {
        RunPlan.of(settings, System.getenv());
        PrintWriter out = spec.commandLine().getOut();
        for (EffectiveSettings.Line line : EffectiveSettings.of(settings, documented())) {
            if (!changed || !line.from().isEmpty()) {
                String text = line.key() + ": " + line.value();
                String from = line.from().isEmpty() ? "default" : line.from();
                out.printf("%-44s # %s%n", text.stripTrailing(), from);
            }
        }
        for (String variable : List.of(RunSettings.DIRECTORY, "PLATEAU_QUEUE")) {
            String value = System.getenv(variable);
            if (value != null && !value.isEmpty()) {
                out.printf("%-44s # the environment%n", variable + "=" + value);
            }
        }
        out.flush();
        return 0;
    }

    private static Path documented() {
        String home = System.getenv("PLATEAU_HOME");
        if (home == null) {
            throw new SettingsException(
                    "expected PLATEAU_HOME in the environment, found none; source slurm/env.sh");
        }
        return Path.of(home).resolve("config/plateau.yaml");
    }
}
