package org.plateau.launch;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau finish}: the line after the model's own in a job script. */
@Command(
        name = "finish",
        description =
                "Lets the coupler and the classifier of the job's session finish what is left,"
                        + " prints the levels and the account, and removes the session.",
        mixinStandardHelpOptions = true)
public final class FinishCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            description =
                    "The most that each part may take; default session.finish. After a time limit's"
                            + " SIGTERM use 10.")
    private Integer within;

    @Override
    public Integer call() {
        PrintWriter messages = spec.commandLine().getErr();
        Path session = SessionSettings.ofJob(System.getenv());
        Launch launch = Launch.find(session, System.getenv(), messages);
        Duration patience =
                within == null ? launch.settings().session().finish() : Duration.ofSeconds(within);
        long logged = Supervisor.repeated(session);
        if (!Supervisor.end(session, patience, launch.files())) {
            launch.end(patience);
        }
        Supervisor.repeat(launch.files(), logged, session, messages);
        PrintWriter out = spec.commandLine().getOut();
        new Report(launch.files().outcome(), launch.settings().run(), Ending.UNSEEN).print(out);
        out.println("results: " + launch.files().directory());
        return 0;
    }
}
