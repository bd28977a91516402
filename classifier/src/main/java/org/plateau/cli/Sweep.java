package org.plateau.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plateau.settings.SettingsException;

/** The training set: runs of minigcm, made by {@code native/minigcm/sweep.sh}. */
final class Sweep {

    private static final String SCRIPT = "native/minigcm/sweep.sh";

    private Sweep() {}

    /**
     * Makes what is missing of it; runs that are there already are kept.
     *
     * @param home directory of Plateau, with minigcm built
     * @throws SettingsException if Plateau is not known to be anywhere
     * @throws IllegalStateException if a run failed; the script has said which
     */
    static void into(Path directory, boolean quick, String home)
            throws IOException, InterruptedException {
        if (home == null || home.isEmpty()) {
            throw new SettingsException(
                    "expected PLATEAU_HOME in the environment, found none; source slurm/env.sh or"
                            + " name runs that are there with --data");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(home).resolve(SCRIPT).toString());
        command.add(directory.toString());
        if (quick) {
            command.add("--quick");
        }
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    "expected every run of " + SCRIPT + " to end well, found exit code " + code);
        }
    }
}
