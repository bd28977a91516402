package org.plateau.classify;

import java.util.Locale;
import org.plateau.equilibration.Verdict;

/** What lies behind a verdict, in a line that a modeller reads. */
final class VerdictText {
    private VerdictText() {}

    /**
     * The numbers of a verdict.
     *
     * @param unit of the metric
     * @param now model time of the latest output, days on the verdict's own scale
     */
    static String of(Verdict verdict, String unit, double now) {
        if (verdict instanceof Verdict.Insufficient v) {
            return v.samples() == 0
                    ? "nothing has come yet"
                    : say(
                            "%d outputs%s; about %.0f more until anything can be said",
                            v.samples(),
                            v.effective() > 0
                                    ? say(", worth %.0f independent ones", v.effective())
                                    : " so far",
                            v.samplesNeeded());
        } else if (verdict instanceof Verdict.WarmingUp) {
            return "the transient goes on";
        } else if (verdict instanceof Verdict.Undecided v) {
            return Double.isFinite(v.samplesNeeded())
                    ? say("about %.0f more outputs needed", v.samplesNeeded())
                    : "more of the same would not decide it";
        } else if (verdict instanceof Verdict.Drifting v) {
            return say("%+.3g %s per 1000 d, at most %.3g in size", v.drift(), unit, v.bound());
        } else if (verdict instanceof Verdict.Cyclic v) {
            return say(
                    "period %.3g d, amplitude %.3g %s about %.6g, for %.4g d",
                    v.period(), v.amplitude(), unit, v.mean(), now - v.since());
        } else if (verdict instanceof Verdict.Equilibrated v) {
            return say(
                    "steady for %.4g d at %.6g +- %.2g %s; at most %.2g over the horizon",
                    now - v.since(), v.mean(), v.standardError(), unit, v.driftBound());
        } else if (verdict instanceof Verdict.Revoked v) {
            return say("%s changed, probably %.4g d ago", v.reason().text(), now - v.changed());
        } else if (verdict instanceof Verdict.Degenerate v) {
            return say("constant at %.6g %s", v.value(), unit);
        }
        throw new IllegalStateException("expected a known verdict, found " + verdict);
    }

    private static String say(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
