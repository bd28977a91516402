package org.plateau.jobscript;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line that starts the model.
 *
 * @param begin where it begins in the script
 * @param end where the next line begins
 * @param launch srun or mpirun and what follows it, with what reads its output
 * @param endOfTail end of what the script does by its exit code, such as {@code || exit 1}
 * @param exec the word before it that puts it in the shell's place; null: there is none
 */
record ModelCommand(int begin, int end, List<Word> launch, int endOfTail, Word exec) {
    static final List<String> LAUNCHERS =
            List.of("srun", "mpirun", "mpiexec", "mpiexec.hydra", "aprun");

    private static final String LAUNCHER =
            "srun|mpirun|mpiexec|mpiexec\\.hydra|aprun|orterun|prterun"
                    + "|mpi(run|exec)\\.(openmpi|mpich)";

    /** Sites' and vendors' own, of which it is not known what they hand on and how. */
    private static final String FOREIGN =
            "ibrun|mpprun|ccc_mprun|jsrun|lrun|yhrun|poe|runjob|mpirun_rsh|mpirun\\.lsf"
                    + "|mpiexec_mpt|mpiexec\\.slurm|mpiexec\\.lsf|intelmpi\\.pbs|tmrsh";

    private static final Pattern MENTIONED = mentioned(LAUNCHER + "|" + FOREIGN);
    private static final Pattern ASSIGNED = Pattern.compile("\\w+\\+?=.+", Pattern.DOTALL);
    private static final List<String> TALK =
            List.of("echo", "printf", "module", "which", "type", "unset", "alias");

    /** What is started on every node without being the model. */
    private static final Set<String> TOOLS =
            Set.of(
                    "hostname",
                    "uname",
                    "date",
                    "env",
                    "printenv",
                    "echo",
                    "pwd",
                    "mkdir",
                    "rm",
                    "cp",
                    "mv",
                    "ln",
                    "ls",
                    "cat",
                    "df",
                    "du",
                    "tar",
                    "sleep",
                    "true",
                    "lscpu",
                    "free",
                    "uptime",
                    "nvidia-smi",
                    "module",
                    "which",
                    "ulimit",
                    "rsync",
                    "chmod");

    private static final List<String> SEPARATE = List.of(";", "&&", "||", "&", ";;", "(", ")");
    private static final List<String> TAILS = List.of(";", "&&", "||");

    /** Commands that run another one, which may stand before a launcher. */
    private static final Set<String> PREFIXES =
            Set.of("time", "exec", "command", "nohup", "env", "-p", "builtin");

    private static Pattern mentioned(String names) {
        return Pattern.compile("(^|[^\\w.-])(" + names + ")($|[^\\w.=-])");
    }

    /** Whether the line starts a program on the job's nodes, or may do so. */
    static boolean isOne(List<Word> words) {
        if (words.stream().noneMatch(word -> MENTIONED.matcher(word.text()).find())) {
            return false;
        }
        boolean alone = words.stream().noneMatch(word -> word.in(SEPARATE));
        return !(alone && (words.get(0).in(TALK) || isTool(words)));
    }

    private static boolean isTool(List<Word> words) {
        if (!isLauncher(words.get(0))) {
            return false;
        }
        List<Word> arguments = words.subList(1, words.size());
        if (arguments.stream().anyMatch(word -> word.text().matches("--version|-V|--help"))) {
            return true;
        }
        try {
            List<String> programs =
                    new ModelLine(words).programs().stream().map(Word::text).toList();
            return TOOLS.containsAll(
                    programs.stream().map(text -> text.replaceFirst("^/.*/", "")).toList());
        } catch (IllegalArgumentException e) {
            return false; // its options are told of where it is the model
        }
    }

    /** Whether the line is one of Plateau's own. */
    static boolean isOurs(List<Word> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).text().matches("(.*/)?plateau\"?")
                    && words.get(i + 1).text().matches("start|run|finish")
                    && !words.get(0).in(TALK)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLauncher(Word word) {
        return word.text().matches("(.*/)?(" + LAUNCHER + ")");
    }

    /**
     * The model's start in a line.
     *
     * @param nested whether the line is within a loop, a condition or a function
     * @throws IllegalArgumentException if lines around it would not do, or it is not understood
     */
    static ModelCommand of(String script, int begin, int end, List<Word> words, boolean nested) {
        int first = 0;
        Word exec = null;
        while (first < words.size() && isPrefix(words.get(first))) {
            exec = words.get(first).text().equals("exec") ? words.get(first) : exec;
            first++;
        }
        if (first == words.size() || !isLauncher(words.get(first))) {
            throw refusal(script, words, notPlain(words, first));
        }
        if (nested) {
            throw refusal(script, words, "the model's start in a loop, a condition or a function");
        }
        int after = first;
        while (after < words.size() && !words.get(after).in(SEPARATE)) {
            after++;
        }
        int endOfTail = words.get(words.size() - 1).end();
        if (after < words.size()) {
            refuseTail(script, words, after);
        }
        return new ModelCommand(begin, end, words.subList(first, after), endOfTail, exec);
    }

    private static boolean isPrefix(Word word) {
        return ASSIGNED.matcher(word.text()).matches() || PREFIXES.contains(word.text());
    }

    private static String notPlain(List<Word> words, int first) {
        if (first < words.size() && words.get(first).text().matches("(.*/)?(" + FOREIGN + ")")) {
            return words.get(first).text()
                    + ", a launcher that is not known here; put plateau start and plateau finish"
                    + " around it, and plateau-hook before the program that writes, by hand";
        }
        boolean variable =
                words.stream()
                        .anyMatch(
                                word ->
                                        ASSIGNED.matcher(word.text()).matches()
                                                && MENTIONED.matcher(word.text()).find());
        return variable
                ? "the model's launcher in a variable; write it itself in the model's line"
                : "the model's start inside another command; give the model a line of its own";
    }

    /** What the script does by the model's exit code goes behind Plateau's lines. */
    private static void refuseTail(String script, List<Word> words, int from) {
        List<Word> tail = words.subList(from, words.size());
        boolean again = tail.stream().anyMatch(word -> MENTIONED.matcher(word.text()).find());
        boolean document = tail.stream().anyMatch(word -> word.text().startsWith("<<"));
        if (!tail.get(0).in(TAILS)
                || again
                || document
                || tail.stream().anyMatch(word -> word.text().equals("&"))) {
            throw refusal(
                    script,
                    words,
                    "'"
                            + tail.get(0).text()
                            + "' in the model's line; give the model a line of its own");
        }
    }

    private static IllegalArgumentException refusal(String script, List<Word> words, String what) {
        return JobScript.at(script, words.get(0).start(), what);
    }

    /** End of the launch itself. */
    int last() {
        return launch.get(launch.size() - 1).end();
    }
}
