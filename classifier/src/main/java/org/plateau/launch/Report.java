package org.plateau.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.plateau.results.LevelTable;
import org.plateau.settings.RunSettings;

/**
 * What a run prints at its end, out of its {@code summary.json} or {@code status.json}: a table of
 * the levels and one line with the time saved, the account and what the hook cost.
 */
final class Report {
    private final JsonNode outcome;
    private final RunSettings run;

    Report(JsonNode outcome, RunSettings run) {
        this.outcome = outcome;
        this.run = run;
    }

    void print(PrintWriter out) {
        if (outcome.path("levels").isEmpty()) {
            out.println("plateau: " + whyNothing());
        } else {
            out.print(LevelTable.rows(outcome));
        }
        out.println(String.join("; ", stopped(), saved(), LevelTable.account(outcome), cost()));
        out.flush();
    }

    /** The two mistakes that a first try makes. */
    private String whyNothing() {
        return outcome.path("account").path("written").asLong() == 0
                ? "no level was seen: expected records, none came; put plateau-hook before the"
                        + " program that writes netCDF (plateau doctor --model PROGRAM says whether"
                        + " the hook can see it)"
                : "no level was seen: records came, but no temperature with its winds; events.jsonl"
                        + " says what was missing, input: in the settings names the variables";
    }

    private String stopped() {
        JsonNode time = outcome.path("modelTime");
        String at = significant(time.path("value").asDouble(Double.NaN), 6);
        String unit = unit(time);
        return how(outcome.path("stop")) + " at " + at + " " + unit;
    }

    private static String how(JsonNode stop) {
        if (stop.path("decided").asBoolean(false)) {
            return stop.path("by").asText("policy").equals("person")
                    ? "stopped by a person"
                    : "stopped at equilibrium";
        }
        boolean held = stop.path("held").asInt(0) >= stop.path("hold").asInt(Integer.MAX_VALUE);
        boolean advised = stop.path("mode").asText("").equals("advise") && held;
        return advised ? "its levels had equilibrated (Plateau only advises); ended" : "ended";
    }

    private String saved() {
        if (!outcome.path("stop").path("decided").asBoolean(false)) {
            return "nothing saved";
        }
        double planned = run.length();
        double reached = 86_400 * outcome.path("elapsedDays").asDouble(Double.NaN);
        if (Double.isNaN(planned) || Double.isNaN(reached)) {
            return "time saved unknown (run.length is not set)";
        }
        double part = Math.max(0, 1 - reached / planned);
        return String.format(
                Locale.ROOT,
                "%.0f %% of the planned %s d saved",
                100 * part,
                significant(planned / 86_400, 4));
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

    private static String unit(JsonNode time) {
        return time.path("units").asText("").split(" ")[0];
    }

    /** As many digits as say something, without trailing zeros. */
    private static String significant(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        return size != 0 && (size < 1e-5 || size >= 1e7)
                ? rounded.toString()
                : rounded.toPlainString();
    }
}
