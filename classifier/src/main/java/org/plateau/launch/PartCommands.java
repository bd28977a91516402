package org.plateau.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plateau.queue.QueueSettings;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsException;

/**
 * The command lines of the parts, out of the environment that {@code slurm/env.sh} describes. The
 * model's environment is not touched: what a part needs is in its own.
 */
final class PartCommands {
    private final Map<String, String> environment;
    private final Path home;

    /**
     * @param environment of the launch
     * @throws SettingsException if it does not say where Plateau is
     */
    PartCommands(Map<String, String> environment) {
        this.environment = environment;
        String home = environment.get("PLATEAU_HOME");
        if (home == null || home.isEmpty()) {
            throw new SettingsException(
                    "expected PLATEAU_HOME in the environment, found none; source slurm/env.sh or"
                            + " use slurm/bin/plateau");
        }
        this.home = Path.of(home);
    }

    List<String> coupler(Path settings, Path session) {
        List<String> command = steppingBack();
        command.add(value("PLATEAU_COUPLER_MPIRUN", "mpirun"));
        command.addAll(words("PLATEAU_COUPLER_MPI_OPTIONS", "--bind-to none --oversubscribe"));
        command.addAll(List.of("-np", "1", launcher(), "coupler"));
        command.addAll(List.of("--settings", settings.toString()));
        command.addAll(List.of("--session", session.toString()));
        return command;
    }

    Map<String, String> couplerEnvironment(Path runDirectory, Path queue) {
        return assignments(
                runDirectory,
                queue,
                "PLATEAU_COUPLER_ENV",
                "UCX_ERROR_SIGNALS= OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1");
    }

    List<String> classifier(Path settings) {
        List<String> command = steppingBack();
        command.addAll(List.of(launcher(), "classify", "--settings", settings.toString()));
        return command;
    }

    Map<String, String> classifierEnvironment(Path runDirectory, Path queue) {
        return assignments(
                runDirectory, queue, "PLATEAU_CLASSIFIER_ENV", "OMP_WAIT_POLICY=passive");
    }

    List<String> watchdog(Path session, ProcessHandle owner) {
        return List.of(
                "setsid",
                home.resolve("slurm/watchdog.sh").toString(),
                session.toString(),
                Long.toString(owner.pid()));
    }

    /** Where {@code plateau-hook} is. */
    Path programs() {
        return home.resolve("slurm/bin");
    }

    private String launcher() {
        return programs().resolve("plateau").toString();
    }

    /** A process group of its own, on the cores given away, behind the model. */
    private List<String> steppingBack() {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(List.of("nice", "-n", value("PLATEAU_NICE", "5")));
        String cores = value("PLATEAU_CORES", "");
        if (!cores.isEmpty()) {
            command.addAll(List.of("taskset", "-c", cores));
        }
        return command;
    }

    private Map<String, String> assignments(
            Path runDirectory, Path queue, String variable, String otherwise) {
        Map<String, String> result = new LinkedHashMap<>();
        result.put(RunSettings.DIRECTORY, runDirectory.toString());
        result.put(QueueSettings.DIRECTORY, queue.toString());
        for (String word : words(variable, otherwise)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new SettingsException(
                        variable
                                + ": expected NAME=VALUE separated by blanks, found '"
                                + word
                                + "' (slurm/env.sh)");
            }
            result.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return result;
    }

    private List<String> words(String variable, String otherwise) {
        String text = value(variable, otherwise).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    private String value(String variable, String otherwise) {
        String value = environment.get(variable);
        return value == null ? otherwise : value;
    }
}
