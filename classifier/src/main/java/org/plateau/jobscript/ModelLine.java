package org.plateau.jobscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words of srun or mpirun, its options and its programs. */
record ModelLine(List<Word> words) {
    /** Options of srun, of Open MPI's mpirun and of Hydra (MPICH, Intel MPI) with an argument. */
    private static final Set<String> ONE =
            words(
                    """
                    -n -np --np -c -N -p -t -w -m -A -x -H -o -e -i -r -D -G -J -f
                    -ppn -perhost -host -hosts -hostfile -machinefile --ntasks
                    --nodes --host --hostfile --machinefile --map-by --bind-to
                    --rank-by -map-by -bind-to -rank-by -wdir -wd --wdir -path
                    --prefix -prefix -bootstrap -launcher -rmk -iface -genvlist
                    -envlist -d -j -S -cc -C -L -M -F -B -T -W
                    --account --chdir --clusters --cluster-constraint --comment
                    --constraint --core-spec --cores-per-socket --cpu-bind --cpu_bind
                    --cpu-freq --cpus-per-gpu --cpus-per-task --dependency
                    --distribution --error --exclude --export --gpu-bind
                    --gpu-freq --gpus --gpus-per-node --gpus-per-socket
                    --gpus-per-task --gres --gres-flags --hint --input --job-name
                    --jobid --licenses --mem --mem-bind --mem_bind --mem-per-cpu
                    --mem-per-gpu --mpi --network --nodefile --nodelist
                    --ntasks-per-core --ntasks-per-gpu --ntasks-per-node
                    --ntasks-per-socket --tasks-per-node --open-mode --output
                    --partition --profile --qos --relative --reservation --signal
                    --sockets-per-node --threads --threads-per-core --time --wait
                    """);

    private static final Set<String> TWO = Set.of("--mca", "-mca", "--gmca", "-gmca");

    /** NAME VALUE or NAME=VALUE. */
    private static final Set<String> VARIABLE = Set.of("-genv", "-env");

    /** Options without one. */
    private static final Set<String> NONE =
            words(
                    """
                    -l -u -v -q -K -k -E -X -O -Q --oversubscribe --nooversubscribe
                    --multi-prog --allow-run-as-root --exclusive --exact --overlap
                    --label --unbuffered --kill-on-bad-exit --quiet --verbose
                    --report-bindings --use-hwthread-cpus --display-map
                    --display-allocation --tag-output --timestamp-output --nolocal
                    -oversubscribe -report-bindings -tag-output -nolocal -genvall
                    -genvnone -envall -envnone -verbose -prepend-rank -print-rank-map
                    -print-all-exitcodes -ordered-output
                    """);

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

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

    List<Word> programs() {
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
            i += 1 + arguments(text, i + 1 < words.size() ? words.get(i + 1).text() : "");
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

    private static int arguments(String option, String next) {
        if (ONE.contains(option)) {
            return 1;
        }
        if (TWO.contains(option)) {
            return 2;
        }
        if (VARIABLE.contains(option)) {
            return next.contains("=") ? 1 : 2;
        }
        if (NONE.contains(option)
                || option.startsWith("--") && option.contains("=")
                || option.matches("-[a-zA-Z](\\d+|\"?\\$(\\w+|\\{\\w+})\"?)")) {
            return 0;
        }
        throw new IllegalArgumentException(
                "expected an option of srun or mpirun that is known, found "
                        + option
                        + "; write it as --name=value, or put plateau-hook before the writing"
                        + " program by hand");
    }
}
