package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.plateau.tests.Program.Outcome;

/** One run of minigcm in a directory of its own, with its namelist and its settings. */
final class ModelRun {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path directory;
    private int ranks = 1;
    private String queue = "";

    private ModelRun(Path directory) {
        this.directory = directory;
    }

    /** A few days on a coarse grid, seconds of work: 10 levels, 10 outputs. */
    static ModelRun small(Path directory) throws IOException {
        return small(directory, "float");
    }

    /** The same with another type of T, u and v in the file: float or double. */
    static ModelRun small(Path directory, String type) throws IOException {
        return small(directory, type, 10);
    }

    /** The same for so many outputs, twelve hours apart. */
    static ModelRun small(Path directory, String type, int outputs) throws IOException {
        return with(
                directory, namelist("days = " + outputs / 2.0 + ", output_type = '" + type + "'"));
    }

    /** A run of so many outputs, an hour apart and as fast as it goes, into a queue of 52 MiB. */
    static ModelRun intoASmallQueue(Path directory, int outputs) throws IOException {
        ModelRun run = with(directory, namelist("days = " + outputs / 24.0 + ", output_hours = 1"));
        run.queue = ", maxBytes: 52 MiB, segmentBytes: 1 MiB, ready: 0 B";
        return run;
    }

    /** A run of so many outputs, ten a second at most. */
    static ModelRun paced(Path directory, int outputs) throws IOException {
        return with(directory, namelist("days = " + outputs / 2.0 + ", pace_seconds = 0.1"));
    }

    /** A run that goes on for as long as anybody lets it, ten outputs a second at most. */
    static ModelRun endless(Path directory) throws IOException {
        return with(directory, namelist("days = 100000, pace_seconds = 0.1"));
    }

    private static String namelist(String more) {
        return """
                &run
                  title = 'test', output_hours = 12, plateau = .true., quiet = .true.
                  %s
                /
                &grid truncation = 21, levels = 10, top_bar = 1e-3, bottom_bar = 100 /
                &planet /
                &forcing
                  tau_rad_bar = 0.001, 0.03, 1, 100
                  tau_rad_days = 0.1, 1, 8, 400
                /
                """
                .formatted(more);
    }

    /** A run with the given namelist. */
    static ModelRun with(Path directory, String namelist) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("minigcm.nml"), namelist);
        ModelRun run = new ModelRun(directory);
        run.settings("");
        return run;
    }

    /**
     * Writes plateau.yaml: the run directory is {@code plateau} beside it; queues lie there too.
     */
    ModelRun settings(String more) throws IOException {
        Files.writeString(
                directory.resolve("plateau.yaml"),
                "run: {name: test, directory: "
                        + results()
                        + "}\n"
                        + more
                        + "queue: {directory: "
                        + directory.resolve("queue")
                        + queue
                        + "}\n");
        return this;
    }

    ModelRun ranks(int count) {
        ranks = count;
        return this;
    }

    Path directory() {
        return directory;
    }

    /** The model's output file. */
    Path output() {
        return directory.resolve("minigcm.nc");
    }

    /** The run directory. */
    Path results() {
        return directory.resolve("plateau");
    }

    /** The model without anything that watches it. */
    Program unwatched() {
        return Program.in(directory, model("minigcm")).named("unwatched");
    }

    /** The model with the hook, in whatever session the environment names. */
    Program hooked() {
        return Program.in(directory, model("plateau-hook", "minigcm")).named("hooked");
    }

    /** The model under {@code plateau run}. */
    Program watched() {
        List<String> line =
                new ArrayList<>(List.of("plateau", "run", "--settings", "plateau.yaml", "--"));
        line.addAll(model("plateau-hook", "minigcm"));
        return Program.in(directory, line).named("watched");
    }

    /** Runs it watched; the model must have ended well. */
    Outcome watch() throws IOException, InterruptedException {
        return watched().run(LIMIT).succeeded();
    }

    /** Orders the model's end, at which it has written whole outputs. */
    void stop() throws IOException, InterruptedException {
        Program.in(directory, "plateau", "stop", "--settings", "plateau.yaml")
                .named("stop")
                .run()
                .succeeded();
    }

    private List<String> model(String... program) {
        List<String> line =
                new ArrayList<>(List.of("mpirun", "--oversubscribe", "--bind-to", "none", "-np"));
        line.add(Integer.toString(ranks));
        line.addAll(List.of(program));
        line.add("minigcm.nml");
        return line;
    }

    /** Both runs left the same bytes in their output and their restart. */
    static void assertSameBytes(ModelRun one, ModelRun other) throws IOException {
        for (String file : List.of("minigcm.nc", "minigcm_restart.nc")) {
            long at = Files.mismatch(one.directory.resolve(file), other.directory.resolve(file));
            assertEquals(-1, at, file + " differs from byte " + at);
        }
    }
}
