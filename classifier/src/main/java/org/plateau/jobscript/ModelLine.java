package org.plateau.jobscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of srun or mpirun, its options and its programs. */
record ModelLine(List<Word> words) {
    private static final List<String> ONE =
            List.of(
                    "-np",
                    "-n",
                    "--np",
                    "-c",
                    "-N",
                    "-p",
                    "-t",
                    "-w",
                    "-m",
                    "-A",
                    "-x",
                    "-H",
                    "-ppn",
                    "-o",
                    "-e",
                    "--ntasks",
                    "--nodes",
                    "--map-by",
                    "--bind-to",
                    "--rank-by",
                    "--host",
                    "--hostfile",
                    "-hostfile",
                    "-machinefile",
                    "-f");
    private static final List<String> TWO = List.of("--mca", "-mca", "-genv", "-env");
    private static final List<String> NONE =
            List.of(
                    "--oversubscribe",
                    "--multi-prog",
                    "--allow-run-as-root",
                    "--exclusive",
                    "--exact",
                    "--overlap",
                    "-l",
                    "-u",
                    "-v",
                    "-q",
                    "--label",
                    "--unbuffered",
                    "--report-bindings");

    /**
     * Where plateau-hook belongs: before the XIOS server, or before the only program; -1 if it is
     * there.
     */
    int hookAt() {
        List<Word> programs = programs();
        List<Word> writers =
                programs.size() == 1
                        ? programs
                        : programs.stream().filter(p -> p.text().contains("xios")).toList();
        if (programs.stream().anyMatch(p -> p.text().endsWith("plateau-hook"))) {
            return -1;
        }
        if (writers.size() != 1) {
            throw new IllegalArgumentException(
                    "expected one program that writes (an XIOS server), found "
                            + programs.stream().map(Word::text).toList());
        }
        return writers.get(0).start();
    }

    /** The file of programs, where srun is told {@code --multi-prog}. */
    Optional<Word> programsFile() {
        if (words.stream().noneMatch(word -> word.text().equals("--multi-prog"))) {
            return Optional.empty();
        }
        return Optional.of(programs().get(0));
    }

    private List<Word> programs() {
        List<Word> programs = new ArrayList<>();
        int i = 1;
        while (i < words.size()) {
            i = option(i, programs);
            while (i < words.size() && !words.get(i).text().equals(":")) {
                i++;
            }
            i++;
        }
        return programs;
    }

    /** Passes the options; notes the program that follows them. */
    private int option(int from, List<Word> programs) {
        int i = from;
        while (i < words.size() && words.get(i).text().startsWith("-")) {
            String text = words.get(i).text();
            if (text.matches("--(het|pack)-group=.*") && !text.endsWith("=0")) {
                throw new IllegalArgumentException(
                        "found "
                                + text
                                + ": the model's step takes other components than the first; see"
                                + " slurm/hetjob.sbatch and name its nodes in PLATEAU_NODES");
            }
            i += 1 + arguments(text);
        }
        if (i >= words.size() || words.get(i).text().matches("[:<>].*")) {
            throw new IllegalArgumentException("expected a program after the options, found none");
        }
        Word program = words.get(i);
        boolean alone = i + 1 == words.size();
        if (program.text().matches("(.*/)?(singularity|apptainer|docker|shifter)")
                || program.text().startsWith("$") && !alone) {
            throw new IllegalArgumentException(
                    "expected to see the program that writes, found " + program.text());
        }
        programs.add(program);
        return i;
    }

    private static int arguments(String option) {
        if (ONE.contains(option)) {
            return 1;
        }
        if (TWO.contains(option)) {
            return 2;
        }
        if (NONE.contains(option)
                || option.startsWith("--") && option.contains("=")
                || option.matches("-[a-zA-Z]\\d+")) {
            return 0;
        }
        throw new IllegalArgumentException(
                "expected an option of srun or mpirun that is known, found "
                        + option
                        + "; write it as --name=value");
    }
}
