package org.plateau.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.plateau.classify.ClassifierSettings;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau monitor}: the web page of a run. */
@Command(
        name = "monitor",
        description = {
            "Serves a page about a run, going or ended, on 127.0.0.1 until Ctrl-C, and prints its"
                    + " address.",
            "From elsewhere open a tunnel first:",
            "  ssh -N -L 8765:127.0.0.1:PORT user@host"
        },
        mixinStandardHelpOptions = true)
public final class MonitorCommand implements Callable<Integer> {
    private static final int VIEWERS = 64;

    @Spec private CommandSpec spec;

    @Mixin private RunDirectory run;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port on 127.0.0.1 (default: any free one).")
    private int port;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            defaultValue = "",
            description =
                    "Serve on a Unix domain socket that only you can open instead of a port, for"
                            + " nodes that others are on too; then: ssh -N -L 8765:PATH user@host")
    private String socket;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path directory = run.existing();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port: expected 0 to 65535, found " + port);
        }
        MonitorOrders orders = new MonitorOrders(directory, Clock.systemUTC());
        MonitorSettings page =
                new MonitorSettings(socket.isEmpty() ? port : MonitorSettings.OFF, socket, VIEWERS);
        MonitorSaliency saliency =
                run.settings() == null
                        ? null
                        : new MonitorSaliency(
                                ClassifierSettings.read(SettingsFile.load(run.settings())));
        try (Monitor monitor = Monitor.start(directory, page, orders, saliency)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(monitor.url());
            out.println("from elsewhere first: " + monitor.tunnel());
            out.flush();
            Runtime.getRuntime().addShutdownHook(new Thread(monitor::close, "monitor-close"));
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
