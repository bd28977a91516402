package org.plateau.jobscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bash job script with one line that starts the model. */
public final class JobScript {
    private static final Pattern LINE = Pattern.compile("(?:[^\\n\\\\]++|\\\\(?s:.))*\\n?");
    private static final List<String> LAUNCHERS =
            List.of("srun", "mpirun", "mpiexec", "mpiexec.hydra", "aprun");
    private static final List<String> TALK = List.of("echo", "printf", "module", "which", "type");
    private static final List<String> OPENS =
            List.of("for", "while", "until", "if", "case", "select", "{", "(");
    private static final List<String> CLOSES = List.of("done", "fi", "esac", "}", ")");
    private static final List<String> SEPARATE = List.of(";", "&&", "||", "|", "&", ";;", "(", ")");
    private static final String BEFORE =
            """
            # Plateau: watches the model from here on; PLATEAU_HOME names its directory.
            source "${PLATEAU_HOME:%s}/slurm/env.sh"
            plateau start --settings "${PLATEAU_SETTINGS:-plateau.yaml}"%s || [ $? -ne 2 ] || exit 2
            plateau_code=0
            """;
    private static final String OF_TASK = " --run-directory \"plateau-${SLURM_ARRAY_TASK_ID:-0}\"";
    private static final Pattern PLAIN = Pattern.compile("/[\\w./@%+=:,~ -]*");
    private static final Pattern ARRAY = Pattern.compile("(?m)^#SBATCH\\s+(--array\\b|-a\\b)");
    private static final String PIPED =
            "set -o pipefail # the model's exit code, not that of what reads its output\n";
    private static final String AFTER =
            """
            plateau finish
            (exit "$plateau_code") # the model's own exit code
            """;

    private final String script;
    private final UnaryOperator<String> files;
    private final String home;
    private int depth;

    private JobScript(String script, UnaryOperator<String> files, String home) {
        this.script = script;
        this.files = files;
        this.home = home;
    }

    /**
     * The script with Plateau's lines around the model's.
     *
     * @param files the text of a file that the script names; empty if it cannot be read
     * @param home Plateau's directory where the job's environment names none, as after {@code
     *     sbatch --export=NONE}; empty: the job must name it
     * @throws IllegalArgumentException if it cannot be told where they belong, with the line
     */
    public static String watched(String script, UnaryOperator<String> files, String home) {
        return new JobScript(script.endsWith("\n") ? script : script + "\n", files, home).edited();
    }

    private String edited() {
        refuseWhatIsNotUnderstood();
        List<Word> model = model();
        int begin = script.lastIndexOf('\n', model.get(0).start()) + 1;
        int last = model.get(model.size() - 1).end();
        int end = Documents.after(script, begin, script.indexOf('\n', last) + 1);
        String line = watchedLine(model, begin, last);
        boolean exec = line.stripLeading().startsWith("exec ");
        return script.substring(0, begin)
                + BEFORE.formatted(homeless(), ARRAY.matcher(script).find() ? OF_TASK : "")
                + (model.stream().anyMatch(word -> word.text().equals("|")) ? PIPED : "")
                + (exec ? "# (without its exec: plateau finish comes after it)\n" : "")
                + (exec ? line.replaceFirst("exec\\s+", "") : line)
                + " || plateau_code=$?"
                + script.substring(last, end)
                + AFTER
                + script.substring(end);
    }

    /** What stands for PLATEAU_HOME where it is not set; a path that bash would change is not. */
    private String homeless() {
        return PLAIN.matcher(home).matches() ? "-" + home : "?expected the directory of Plateau";
    }

    private List<Word> model() {
        List<List<Word>> models = models();
        if (models.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a line that starts the model with " + LAUNCHERS + ", found none");
        }
        if (models.size() > 1) {
            throw refusal(
                    models.get(1),
                    "a second line that starts a program; put plateau start"
                            + " and finish around the one that is the model");
        }
        return models.get(0);
    }

    /** The model's line with plateau-hook, or with another file of programs. */
    private String watchedLine(List<Word> model, int begin, int last) {
        ModelLine line = new ModelLine(model);
        Optional<Word> programs = line.programsFile();
        if (programs.isPresent()) {
            return new ProgramsFile(programs.get(), script, files).watched(begin, last);
        }
        int hook = line.hookAt();
        return hook < 0
                ? script.substring(begin, last)
                : script.substring(begin, hook) + "plateau-hook " + script.substring(hook, last);
    }

    private void refuseWhatIsNotUnderstood() {
        int dos = script.indexOf("\r\n");
        if (dos >= 0) {
            throw at(dos, "a line that ends as in DOS, which sbatch refuses; dos2unix mends it");
        }
        if (!script.matches("#![^\\n]*\\bbash\\b(?s:.*)")) {
            throw new IllegalArgumentException("line 1: expected #!/bin/bash, found another start");
        }
        Matcher mine = Pattern.compile("(?m)^\\s*plateau\\s+(start|run)\\b").matcher(script);
        if (mine.find()) {
            throw at(mine.start(), "plateau: the script has its lines already");
        }
    }

    private List<List<Word>> models() {
        List<List<Word>> found = new ArrayList<>();
        Matcher line = LINE.matcher(script);
        int from = 0;
        while (from < script.length() && line.find(from)) {
            List<Word> words = Word.of(script, line.start(), line.end());
            from = Documents.after(script, line.start(), line.end());
            if (words.stream().anyMatch(word -> mentions(word)) && !words.get(0).in(TALK)) {
                found.add(model(words));
            }
            nest(words);
        }
        return found;
    }

    private static boolean mentions(Word word) {
        return Pattern.compile("(^|[^\\w.-])(srun|mpirun|mpiexec(\\.hydra)?|aprun)($|[^\\w.=-])")
                .matcher(word.text())
                .find();
    }

    private List<Word> model(List<Word> words) {
        int first = 0;
        while (first < words.size() && words.get(first).text().matches("\\w+=.*|time|exec")) {
            first++;
        }
        if (first == words.size()
                || !words.get(first)
                        .text()
                        .matches("(.*/)?(" + String.join("|", LAUNCHERS) + ")")) {
            throw refusal(words, "the model's start inside another command");
        }
        if (depth > 0) {
            throw refusal(words, "the model's start in a loop, a condition or a function");
        }
        for (Word word : words) {
            // What reads the model's output, such as tee, may stay behind it.
            if (word.in(SEPARATE) && !word.text().equals("|")) {
                throw refusal(
                        words,
                        "'"
                                + word.text()
                                + "' in the model's line; give the model a"
                                + " line of its own");
            }
        }
        return words.subList(first, words.size());
    }

    private void nest(List<Word> words) {
        boolean command = true;
        for (Word word : words) {
            if (command && word.in(OPENS) || word.text().equals("(")) {
                depth++;
            } else if (command && word.in(CLOSES) || word.text().equals(")")) {
                depth--;
            }
            command = word.in(SEPARATE) || word.in(List.of("do", "then", "else", "{"));
        }
    }

    private IllegalArgumentException refusal(List<Word> words, String what) {
        return at(words.get(0).start(), what);
    }

    private IllegalArgumentException at(int offset, String what) {
        long number = script.substring(0, offset).lines().count();
        boolean starts = offset == 0 || script.charAt(offset - 1) == '\n';
        return new IllegalArgumentException(
                "line " + (starts ? number + 1 : number) + ": found " + what);
    }
}
