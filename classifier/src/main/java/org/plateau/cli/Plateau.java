package org.plateau.cli;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import org.plateau.launch.FinishCommand;
import org.plateau.launch.RunCommand;
import org.plateau.launch.StartCommand;
import org.plateau.launch.SuperviseCommand;
import org.plateau.settings.SettingsException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's root. */
@Command(
        name = "plateau",
        description =
                "Watches a running atmospheric model, labels its circulation regimes and says when"
                        + " each pressure level has equilibrated.",
        mixinStandardHelpOptions = true,
        versionProvider = Plateau.Version.class,
        subcommands = {
            RunCommand.class,
            StartCommand.class,
            SuperviseCommand.class,
            FinishCommand.class,
            ClassifyCommand.class,
            ReplayCommand.class,
            VerdictCommand.class,
            SlurmCommand.class,
            StatusCommand.class,
            ControlCommands.Veto.class,
            ControlCommands.Stop.class,
            ControlCommands.Resume.class,
            PlotCommand.class,
            ExportCommand.class,
            WatchCommand.class,
            MonitorCommand.class,
            TrainCommand.class,
            DoctorCommand.class,
            SettingsCommand.class,
            ModelsCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a negative answer (not yet equilibrated; doctor: a run would not work)",
            "2:wrong usage or settings",
            "3:failed while running"
        })
public final class Plateau implements Runnable {
    /** Exit code of a negative answer. */
    public static final int NO = 1;

    /** Exit code of wrong usage or settings. */
    public static final int USAGE = 2;

    /** Exit code of a failure while running. */
    public static final int FAILED = 3;

    @Spec private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show stack traces with errors.")
    private boolean debug;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected a command, found none");
    }

    public static void main(String[] args) {
        int code = guarded(() -> commandLine().execute(args), System.err);
        System.exit(code == NO ? Integer.getInteger("plateau.negative", NO) : code);
    }

    /**
     * An error of the Java machine, such as no memory left, is a failure in one line, no answer.
     */
    static int guarded(IntSupplier command, PrintStream err) {
        try {
            return command.getAsInt();
        } catch (Throwable e) {
            err.println(
                    "plateau: expected to go on, found "
                            + oneLine(e.toString())
                            + "; where it is memory, look at ulimit -v and -Xmx (for the classifier"
                            + " PLATEAU_CLASSIFIER_JVM in slurm/env.sh)");
            return FAILED;
        }
    }

    /** The whole command line, for main and for tests. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Plateau());
        line.setExecutionExceptionHandler(Plateau::report);
        line.setParameterExceptionHandler(Plateau::misused);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static int misused(CommandLine.ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        line.getErr()
                .println(
                        line.getCommandSpec().qualifiedName()
                                + ": "
                                + oneLine(Misuse.text(e))
                                + " (see "
                                + line.getCommandSpec().qualifiedName()
                                + " --help)");
        return USAGE;
    }

    private static int report(Exception e, CommandLine line, ParseResult result) {
        Plateau root = line.getCommandSpec().root().commandLine().getCommand();
        line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + oneLine(e));
        if (root.debug) {
            e.printStackTrace(line.getErr());
        }
        return e instanceof SettingsException || e instanceof IllegalArgumentException
                ? USAGE
                : FAILED;
    }

    private static String oneLine(Exception e) {
        return oneLine(ErrorText.of(e));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    /** Version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Plateau.class.getPackage().getImplementationVersion();
            return new String[] {"plateau " + (version == null ? "(development)" : version)};
        }
    }
}
