package org.plateau.results;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plateau.grid.RegularGrid;

/**
 * What is fixed about a results file.
 *
 * @param timeUnits CF units of the model's time
 * @param calendar CF calendar
 * @param pressure of the levels, Pa, from the top of the atmosphere downwards
 * @param regimes names in the order of the probabilities
 * @param metrics names and units
 * @param columnMetrics number of metrics of the column; their names and units come later
 * @param verdicts names at their codes
 * @param gaps meanings of the flag of {@code gap}, at their values
 * @param grid of the maps
 * @param attributes global attributes: provenance
 */
public record ResultsLayout(
        String timeUnits,
        String calendar,
        double[] pressure,
        List<String> regimes,
        List<Results.Quantity> metrics,
        int columnMetrics,
        List<String> verdicts,
        List<String> gaps,
        RegularGrid grid,
        Map<String, String> attributes) {

    /** In a model's units and calendar; those of the file are what every reader knows. */
    public ResultsLayout {
        CfTime time = CfTime.of(timeUnits, calendar);
        if (!time.remark().isEmpty()) {
            attributes = new TreeMap<>(attributes);
            attributes.put("time_origin", time.remark());
        }
        timeUnits = time.units();
        calendar = time.calendar();
    }

    public int levels() {
        return pressure.length;
    }

    /** Unit of times that may be missing, counted from the origin of time. */
    String elapsed() {
        return new CfTime(timeUnits, calendar, "").elapsed();
    }

    /** Whether a file of this layout can be gone on with under another one. */
    public boolean compatible(ResultsLayout other) {
        return timeUnits.equals(other.timeUnits)
                && calendar.equals(other.calendar)
                && Arrays.equals(pressure, other.pressure)
                && regimes.equals(other.regimes)
                && metrics.equals(other.metrics)
                && columnMetrics == other.columnMetrics;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResultsLayout layout
                && compatible(layout)
                && attributes.equals(layout.attributes);
    }

    @Override
    public int hashCode() {
        return 31 * timeUnits.hashCode() + Arrays.hashCode(pressure);
    }
}
