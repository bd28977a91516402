package org.plateau.jobscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bash job script with one line that starts the model. */
public final class JobScript {
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
            """
            plateau_pipefail=$(shopt -po pipefail || true)
            set -o pipefail # the model's exit code, not that of what reads its output
            """;
    private static final String AFTER_PIPE = "eval \"$plateau_pipefail\"\n";
    private static final String AFTER =
            """
            plateau finish
            (exit "$plateau_code")%s # the model's own exit code
            """;

    private final String script;
    private final UnaryOperator<String> files;
    private final String home;

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
        ModelCommand model = model();
        int begin = model.begin();
        int last = model.last();
        int next = Documents.after(script, begin, model.end());
        boolean piped = model.launch().stream().anyMatch(word -> word.text().startsWith("|"));
        return script.substring(0, begin)
                + BEFORE.formatted(homeless(), ARRAY.matcher(script).find() ? OF_TASK : "")
                + (piped ? PIPED : "")
                + (model.exec() == null ? "" : "# (without its exec: plateau finish comes after)\n")
                + withoutExec(model, watchedLine(model))
                + " || plateau_code=$?"
                + script.substring(model.endOfTail(), next)
                + (piped ? AFTER_PIPE : "")
                + AFTER.formatted(tail(model, last))
                + script.substring(next);
    }

    /** What the script does by the model's exit code, such as {@code || exit 1}. */
    private String tail(ModelCommand model, int last) {
        String text = script.substring(last, model.endOfTail()).strip();
        return text.isEmpty() || text.startsWith(";") ? text : " " + text;
    }

    private String withoutExec(ModelCommand model, String line) {
        if (model.exec() == null) {
            return line;
        }
        String launcher = script.substring(model.begin(), model.launch().get(0).end());
        int at = line.lastIndexOf(launcher) + model.exec().start() - model.begin();
        return line.substring(0, at)
                + line.substring(at + "exec".length()).replaceFirst("^\\s+", "");
    }

    /** What stands for PLATEAU_HOME where it is not set; a path that bash would change is not. */
    private String homeless() {
        return PLAIN.matcher(home).matches() ? "-" + home : "?expected the directory of Plateau";
    }

    private ModelCommand model() {
        List<ModelCommand> models = models();
        if (models.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a line that starts the model with "
                            + ModelCommand.LAUNCHERS
                            + ", found none; put the lines around it by hand (README.md)");
        }
        if (models.size() > 1) {
            throw at(
                    script,
                    models.get(1).begin(),
                    "a second line that starts a program; put plateau start"
                            + " and finish around the one that is the model");
        }
        return models.get(0);
    }

    /** The model's line with plateau-hook, or with another file of programs. */
    private String watchedLine(ModelCommand model) {
        int begin = model.begin();
        int last = model.last();
        ModelLine line = new ModelLine(model.launch());
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
            throw at(
                    script,
                    dos,
                    "a line that ends as in DOS, which sbatch refuses; dos2unix mends it");
        }
        Matcher bash = Pattern.compile("#![^\\n]*\\bbash\\b").matcher(script);
        if (!bash.lookingAt()) {
            throw new IllegalArgumentException(
                    "line 1: expected #!/bin/bash, found another start"
                            + " (%.40s)".formatted(script.lines().findFirst().orElse(""))
                            + "; a script of another shell can be run by one of bash, as its"
                            + " model, with plateau-hook before the program that writes");
        }
    }

    private List<ModelCommand> models() {
        List<ModelCommand> found = new ArrayList<>();
        Nesting nesting = new Nesting();
        int from = 0;
        while (from < script.length()) {
            int end = Lines.after(script, from);
            List<Word> words = Word.of(script, from, end);
            if (ModelCommand.isOurs(words)) {
                throw at(script, from, "plateau: the script has its lines already");
            }
            if (ModelCommand.isOne(words)) {
                found.add(ModelCommand.of(script, from, end, words, nesting.isInside()));
            }
            Word unopened = nesting.pass(words);
            if (unopened != null) {
                throw at(script, unopened.start(), "'" + unopened.text() + "' that closes nothing");
            }
            from = Documents.after(script, from, end);
        }
        return found;
    }

    static IllegalArgumentException at(String script, int offset, String what) {
        long number = script.substring(0, offset).lines().count();
        boolean starts = offset == 0 || script.charAt(offset - 1) == '\n';
        return new IllegalArgumentException(
                "line " + (starts ? number + 1 : number) + ": found " + what);
    }
}
