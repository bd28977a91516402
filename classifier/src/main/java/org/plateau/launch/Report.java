package org.plateau.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import org.plateau.results.LevelTable;
import org.plateau.results.StatusText;
import org.plateau.settings.RunSettings;

/**
 * What a run prints at its end, out of its {@code summary.json} or {@code status.json}: a table of
 * the levels, why it ended and what that saved, where every write went, and what the hook cost. No
 * line is longer than 80 columns.
 */
final class Report {
    private static final double NEARLY_ALL = 0.995;

    private final JsonNode outcome;
    private final RunSettings run;
    private final Ending ending;

    Report(JsonNode outcome, RunSettings run, Ending ending) {
        this.outcome = outcome;
        this.run = run;
        this.ending = ending;
    }

    void print(PrintWriter out) {
        if (outcome.path("levels").isEmpty()) {
            say(out, "plateau: " + whyNothing());
        } else {
            LevelTable.lines(outcome).forEach(out::println);
        }
        say(out, stopped() + "; " + saved());
        StatusText.account(outcome).forEach(out::println);
        say(out, cost());
        out.flush();
    }

    private static void say(PrintWriter out, String text) {
        StatusText.wrapped(text).forEach(out::println);
    }

    /** The mistakes that a first try makes. */
    private String whyNothing() {
        if (outcome.isEmpty()) {
            return "no level was seen: the classifier left no word; classifier.log and coupler.log"
                    + " in the run directory say why";
        }
        JsonNode account = outcome.path("account");
        if (account.path("dropped").asLong() > 0
                && account.path("dropped").asLong() == account.path("written").asLong()) {
            return "no level was seen: all that was captured was lost on its way, see below why;"
                    + " coupler.log in the run directory says more";
        }
        return account.path("written").asLong() == 0
                ? "no level was seen: expected records, none came; put plateau-hook before the"
                        + " program that writes netCDF (plateau doctor --model PROGRAM says whether"
                        + " the hook can see it)"
                : "no level was seen: records came, but no temperature with its winds; events.jsonl"
                        + " says what was missing, input: in the settings names the variables";
    }

    private String stopped() {
        String time = StatusText.time(outcome);
        return how(outcome.path("stop")) + (time.equals("-") ? "" : " at " + time) + restart();
    }

    /** What is wrong with the restart that the model left; nothing if all is well. */
    private String restart() {
        JsonNode restart = outcome.path("stop").path("restart");
        return restart.isMissingNode() || restart.path("result").asText().equals("good")
                ? ""
                : "; RESTART "
                        + restart.path("result").asText()
                        + ": "
                        + restart.path("detail").asText();
    }

    private String how(JsonNode stop) {
        if (stop.path("decided").asBoolean(false)) {
            boolean person = stop.path("by").asText("policy").equals("person");
            String why = person ? "by a person" : "at equilibrium";
            if (!ending.usual()) {
                return ending.text() + " after a stop " + why + " had been decided,";
            }
            return reached() >= NEARLY_ALL
                    ? "a stop " + why + " was decided, but the model went on to its end"
                    : "stopped " + why;
        }
        boolean held = stop.path("held").asInt(0) >= stop.path("hold").asInt(Integer.MAX_VALUE);
        boolean advised = stop.path("mode").asText("").equals("advise") && held;
        return (advised ? "its levels had equilibrated (Plateau only advises); " : "")
                + ending.text();
    }

    /**
     * Part of the planned length that was run; NaN if either is unknown. The first output comes an
     * interval after the start, from which on no time is known.
     */
    private double reached() {
        int outputs = outcome.path("outputs").asInt(0);
        double whole = outputs > 1 ? outputs / (outputs - 1.0) : 1;
        return whole * 86_400 * outcome.path("elapsedDays").asDouble(Double.NaN) / run.length();
    }

    private String saved() {
        if (!outcome.path("stop").path("decided").asBoolean(false)) {
            return "no model time saved";
        }
        if (Double.isNaN(reached())) {
            return "time saved unknown (run.length is not set)";
        }
        return String.format(
                Locale.ROOT,
                "%.0f %% of the planned %s d saved",
                100 * Math.max(0, 1 - reached()),
                StatusText.significant(run.length() / 86_400, 4));
    }

    private String cost() {
        JsonNode hook = outcome.path("hook");
        if (!hook.has("costP50us")) {
            return "hook's cost unknown";
        }
        return String.format(
                Locale.ROOT,
                "hook %.1f us a write (99 %%: %.1f, longest %.1f)",
                hook.path("costP50us").asDouble(),
                hook.path("costP99us").asDouble(),
                hook.path("costMaxus").asDouble());
    }
}
