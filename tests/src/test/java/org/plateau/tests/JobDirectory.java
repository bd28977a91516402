package org.plateau.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory with a model's run, from which one of Plateau's job scripts is submitted. */
final class JobDirectory {
    /** Long enough for several jobs at a time on a busy machine. */
    static final Duration LIMIT = Duration.ofMinutes(4);

    static final String COMPUTED = "classify: {labels: computed}\n";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Slurm slurm;
    private final ModelRun run;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private final String queues = "queue-" + NUMBER.incrementAndGet();

    /** The run's queues go to the disks of the nodes. */
    JobDirectory(Slurm slurm, ModelRun run) throws IOException {
        this.slurm = slurm;
        this.run = run;
        Path settings = run.directory().resolve("plateau.yaml");
        String here = run.directory().resolve("queue").toString();
        String onNodes = slurm.nodeDisk().resolve(queues).toString();
        Files.writeString(settings, Files.readString(settings).replace(here, onNodes));
        environment.put("PLATEAU_HOME", Workplace.home().toString());
    }

    JobDirectory with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The model's line. */
    JobDirectory model(String line) {
        return with("PLATEAU_MODEL", line);
    }

    /** The model as a script of its own in the directory. */
    JobDirectory script(String text) throws IOException {
        Path file = Files.writeString(run.directory().resolve("model.sh"), "#!/bin/bash\n" + text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        return model(file.toString());
    }

    /** Submits one of the scripts in {@code slurm}; what the job says goes to job.txt. */
    String submit(String script, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("--output=job.txt");
        words.add(Workplace.home().resolve("slurm").resolve(script).toString());
        return slurm.submit(run.directory(), environment, words.toArray(String[]::new));
    }

    /** Waits for the first outputs. */
    void awaitOutputs(int count) throws Exception {
        Eventually.holds(count + " outputs; " + said(), LIMIT, () -> outputs() >= count);
    }

    int outputs() {
        return Files.exists(run.results().resolve("results.nc"))
                ? new RunDirectory(run.results()).results().outputs()
                : 0;
    }

    RunDirectory results() {
        return new RunDirectory(run.results());
    }

    /** A part's log. */
    String log(String part) throws IOException {
        return Files.readString(run.results().resolve(part + ".log"));
    }

    /** Waits for the end of a job; its state. */
    String await(String job) throws Exception {
        return slurm.await(job, LIMIT);
    }

    /** Everything that belonged to a job has gone before its Epilog came. */
    void assertNothingIsLeft(String job) throws Exception {
        Eventually.holds(
                "no session left of job " + job, LIMIT, () -> slurm.sessions(job).isEmpty());
        if (slurm.epilogFound(job)) {
            throw new AssertionError("the Epilog found a session of job " + job + "\n" + said());
        }
    }

    /** Whoever has used all records has removed the queues. */
    void assertNoQueueIsLeft() throws IOException {
        List<Path> left = slurm.queues(queues);
        if (!left.isEmpty()) {
            throw new AssertionError(
                    "queues are left: " + left + "\n" + said() + "\n" + log("coupler"));
        }
    }

    /** What the job said. */
    String said() {
        try {
            return Files.readString(run.directory().resolve("job.txt"));
        } catch (IOException e) {
            return "the job has said nothing: " + e.getMessage();
        }
    }
}
