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
        description = {
            "Lets the coupler and the classifier of the job's session finish what is left, prints the"
                    + " levels and the account, and removes the session.",
            "The exit code is 1 if the classifier did not use all that was captured: the verdict may"
                    + " be older than the model's end."
        },
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
        out.flush();
        if (!launch.files().ended()) {
            messages.println(unfinished(launch.files()));
            return 1;
        }
        return 0;
    }

    private static String unfinished(RunFiles files) {
        return ("plateau finish: expected the classifier to have used all that was captured, found"
                        + " its state '%s' in %s; the verdict may be older than the model's end"
                        + " (session.finish is the time that it has)")
                .formatted(files.outcome().path("state").asText("unknown"), files.directory());
    }
}
