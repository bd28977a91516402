package org.plateau.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.plateau.assembly.InputCheck;
import org.plateau.assembly.InputNames;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Selection;
import org.plateau.classify.ClassifierSettings;
import org.plateau.doctor.Check;
import org.plateau.doctor.Finding;
import org.plateau.doctor.FoldersCheck;
import org.plateau.doctor.GpuCheck;
import org.plateau.doctor.LocalPrograms;
import org.plateau.doctor.MemoryRoom;
import org.plateau.doctor.ModelCheck;
import org.plateau.doctor.MpiCheck;
import org.plateau.doctor.NamedSessionCheck;
import org.plateau.doctor.Programs;
import org.plateau.doctor.RingSizeCheck;
import org.plateau.doctor.SessionsCheck;
import org.plateau.doctor.SharedMemoryCheck;
import org.plateau.doctor.SoftwareCheck;
import org.plateau.launch.RunPlan;
import org.plateau.replay.OutputTimes;
import org.plateau.replay.Replay;
import org.plateau.replay.ReplayException;
import org.plateau.settings.SettingsException;
import org.plateau.settings.SettingsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau doctor}: whether a run would work here, and what to do if not. */
@Command(
        name = "doctor",
        description = {
            "Says in plain words whether a run would work on this machine, and what to do about"
                    + " each finding: model, shared memory, stale sessions, software, GPU, folders,"
                    + " settings.",
            "Exit code 0 only if a run would work."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final Path PROCESSES = Path.of("/proc");

    @Spec private CommandSpec spec;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "EXE",
            description = "The program that writes the output: can the hook see it?")
    private String model;

    @Option(
            names = {"-s", "--settings"},
            paramLabel = "FILE",
            description = "Settings file of the run; without, the defaults are judged.")
    private Path settings;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "An output file of the model (netCDF): are the rings large enough, and its"
                            + " units such as can be read?")
    private List<Path> outputs = List.of();

    @Option(
            names = "--clean",
            description = "Remove your stale sessions: those that no writer and no part uses.")
    private boolean clean;

    @Override
    public Integer call() {
        List<Finding> found = new ArrayList<>();
        RunPlan plan = plan(System.getenv(), found);
        checks(plan, System.getenv()).forEach(check -> found.addAll(check.findings()));
        return told(found);
    }

    private RunPlan plan(Map<String, String> environment, List<Finding> found) {
        if (settings == null) {
            found.add(
                    Finding.note(
                            "no settings file was named: the defaults are judged",
                            "name yours with --settings"));
            return RunPlan.usual(environment);
        }
        try {
            RunPlan plan = RunPlan.of(settings, environment);
            found.add(Finding.ok("settings " + settings + " are valid"));
            return plan;
        } catch (SettingsException | IllegalArgumentException e) {
            found.add(
                    Finding.problem(
                            e.getMessage(),
                            "correct it as config/plateau.yaml shows; below, the defaults are"
                                    + " judged"));
            return RunPlan.usual(environment);
        }
    }

    private List<Check> checks(RunPlan plan, Map<String, String> environment) {
        Programs programs = new LocalPrograms(environment);
        Path build = Path.of(environment.getOrDefault("PLATEAU_HOME", "")).resolve("native/build");
        Path sessions = sessions(plan);
        List<Check> checks = new ArrayList<>();
        checks.add(model(build, programs, environment));
        checks.add(SharedMemoryCheck.of(sessions, plan.hook(), room()));
        outputs.forEach(file -> checks.add(() -> ringSize(file, plan.hook())));
        outputs.forEach(file -> checks.add(() -> units(file)));
        if (!plan.session().isEmpty()) {
            checks.add(new NamedSessionCheck(Path.of(plan.session()).toAbsolutePath()));
        }
        checks.add(new SessionsCheck(sessions, PROCESSES, Clock.systemUTC(), clean));
        Path javaHome = Path.of(System.getProperty("java.home"));
        checks.add(new SoftwareCheck(Runtime.version().feature(), javaHome, build));
        String mpirun = environment.getOrDefault("PLATEAU_COUPLER_MPIRUN", "mpirun");
        checks.add(new MpiCheck(mpirun, programs, bindings(), libraryFolders()));
        checks.add(new GpuCheck(plan.network().device(), programs));
        checks.add(new FoldersCheck(plan));
        return checks;
    }

    private Check model(Path build, Programs programs, Map<String, String> environment) {
        if (model != null) {
            Path inspector = build.resolve("bin/plateau-inspect");
            return new ModelCheck(model, inspector, programs, environment);
        }
        return () ->
                List.of(
                        Finding.note(
                                "no model was named",
                                "--model EXE tells whether the hook sees what it writes"));
    }

    private static List<Finding> ringSize(Path file, HookSettings hook) {
        try {
            OutputTimes times = OutputTimes.of(file);
            Selection selection = new Selection(hook);
            List<OutputTimes.Growing> taken =
                    times.variables().stream()
                            .filter(v -> selection.includes(v.name(), v.dimensions()))
                            .toList();
            long bytes = taken.stream().mapToLong(OutputTimes.Growing::bytes).sum();
            int writers = times.part() ? 1 : Math.max(1, hook.writers());
            return new RingSizeCheck(file.toString(), taken.size(), bytes, writers, hook)
                    .findings();
        } catch (ReplayException e) {
            return List.of(Finding.problem(e.getMessage(), "name an output file of the model"));
        }
    }

    /** Fields and times of an output that would not be labelled, because of their units. */
    private List<Finding> units(Path file) {
        try (Replay replay = new Replay(List.of(file))) {
            InputNames names =
                    settings == null
                            ? InputNames.AUTOMATIC
                            : ClassifierSettings.read(SettingsFile.load(settings)).input();
            return InputCheck.complaints(names, replay.variables()).stream()
                    .map(DoctorCommand::problem)
                    .toList();
        } catch (IllegalArgumentException | SettingsException | ReplayException e) {
            return List.of(); // said already, of the file or of the settings
        }
    }

    private static Finding problem(String complaint) {
        int remedy = complaint.lastIndexOf("; ");
        return Finding.problem(complaint.substring(0, remedy), complaint.substring(remedy + 2));
    }

    private static Path sessions(RunPlan plan) {
        Path named = Path.of(plan.session()).toAbsolutePath().getParent();
        return plan.session().isEmpty() || named == null ? Path.of("/dev/shm") : named;
    }

    private static MemoryRoom room() {
        return new MemoryRoom(PROCESSES.resolve("self"), Path.of("/"));
    }

    private static boolean bindings() {
        return DoctorCommand.class.getClassLoader().getResource("mpi/MPI.class") != null;
    }

    private static List<Path> libraryFolders() {
        return Stream.of(System.getProperty("java.library.path", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    private int told(List<Finding> found) {
        PrintWriter out = spec.commandLine().getOut();
        found.forEach(finding -> out.println(finding.line()));
        long problems = found.stream().filter(f -> f.level() == Finding.Level.PROBLEM).count();
        out.println(
                problems == 0
                        ? "A run would work."
                        : "A run would not work yet: "
                                + problems
                                + (problems == 1 ? " problem." : " problems."));
        out.flush();
        return problems == 0 ? 0 : Plateau.NO;
    }
}
