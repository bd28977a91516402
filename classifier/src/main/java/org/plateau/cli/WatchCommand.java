package org.plateau.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.plateau.plot.Palette;
import org.plateau.results.RunView;
import org.plateau.watch.Terminal;
import org.plateau.watch.WatchScreen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau watch}: a run in a terminal. */
@Command(
        name = "watch",
        description = {
            "Shows a run in the terminal: coarse categorisation map, verdicts, health. Sends only"
                    + " what changed, so it works over slow lines. Ctrl-C ends it; the run does"
                    + " not notice."
        },
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private RunDirectory place;

    @Option(
            names = "--once",
            description =
                    "Print the screen once and end; so do a pipe and a terminal that cannot move"
                            + " its cursor (TERM=dumb), in plain text.")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Seconds between looks (default: ${DEFAULT-VALUE}).")
    private double interval;

    @Option(names = "--no-colour", description = "Letters only; so does NO_COLOR.")
    private boolean plain;

    @Option(
            names = "--palette",
            defaultValue = "SAFE",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Palette palette;

    @Override
    public Integer call() throws InterruptedException {
        Path directory = place.existing();
        Map<String, String> environment = System.getenv();
        boolean moves = System.console() != null && !"dumb".equals(environment.get("TERM"));
        boolean colour = !plain && moves && !environment.containsKey("NO_COLOR");
        RunView run = new RunView(directory);
        if (once || !moves) {
            run.step();
            TerminalSize size =
                    System.console() == null
                            ? TerminalSize.named(environment)
                            : TerminalSize.now(environment);
            screen(size, colour)
                    .lines(run.results(), run.status())
                    .forEach(spec.commandLine().getOut()::println);
            return 0;
        }
        follow(run, environment, colour);
        return 0;
    }

    private WatchScreen screen(TerminalSize size, boolean colour) {
        return new WatchScreen(size.columns(), size.lines(), palette, colour);
    }

    private void follow(RunView run, Map<String, String> environment, boolean colour)
            throws InterruptedException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(out);
        TerminalSize size = TerminalSize.now(environment);
        WatchScreen screen = screen(size, colour);
        Runtime.getRuntime().addShutdownHook(new Thread(terminal::end, "restore-terminal"));
        terminal.begin();
        while (!out.checkError()) {
            TerminalSize now = TerminalSize.now(environment);
            if (!now.equals(size) && now.isEnough()) {
                size = now;
                screen = screen(size, colour);
                terminal.begin();
            }
            run.step();
            terminal.show(screen.lines(run.results(), run.status()));
            Thread.sleep(Math.max(100, Math.round(interval * 1000)));
        }
    }
}
