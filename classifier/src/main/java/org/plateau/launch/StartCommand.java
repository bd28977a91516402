package org.plateau.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plateau start}: the line before the model's own in a job script. */
@Command(
        name = "start",
        description = {
            "Makes the job's session on each of its nodes and starts coupler and classifier in the"
                    + " background; the model's own line follows unchanged, then plateau finish.",
            "The session is the one that PLATEAU_SESSION names; slurm/env.sh sets it."
        },
        mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
    private static final String JOB_SHELL = "PLATEAU_JOB_SHELL";

    @Spec private CommandSpec spec;

    @Mixin private LaunchOptions options;

    @Override
    public Integer call() {
        Map<String, String> environment = System.getenv();
        LaunchSettings loaded = options.load();
        JobNodes nodes = options.nodes(environment);
        Path session = loaded.session().forJob(environment);
        RunFiles files = new RunFiles(loaded.runDirectory());
        files.make();
        long logged = Supervisor.logged(files);
        int code = Supervisor.start(supervised(session), session, files, environment);
        Supervisor.repeat(files, logged, session, spec.commandLine().getErr());
        if (code == 0) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "plateau: watching session %s%s; results and logs in %s%n",
                            session,
                            nodes.single()
                                    ? ""
                                    : " on each of " + (nodes.away().size() + 1) + " nodes",
                            files.directory());
        }
        return code;
    }

    private List<String> supervised(Path session) {
        List<String> words = new ArrayList<>(options.words());
        words.addAll(List.of("--session", session.toString()));
        words.addAll(List.of("--owner", Long.toString(owner().pid())));
        return words;
    }

    /**
     * Who calls {@code plateau finish}: the shell of the Slurm job that {@code slurm/env.sh} noted,
     * even if a script or a subshell of it has started this, which ends before the model begins;
     * else whoever has started this.
     */
    private static ProcessHandle owner() {
        ProcessHandle self = ProcessHandle.current();
        String job = System.getenv().getOrDefault("SLURM_JOB_ID", "");
        String noted = System.getenv().getOrDefault(JOB_SHELL, "");
        return Stream.iterate(self.parent(), Optional::isPresent, p -> p.get().parent())
                .map(Optional::get)
                .filter(ancestor -> noted.equals(job + ":" + ancestor.pid()))
                .findFirst()
                .or(self::parent)
                .orElse(self);
    }
}
