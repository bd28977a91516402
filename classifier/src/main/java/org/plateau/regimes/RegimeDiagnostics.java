package org.plateau.regimes;

import java.util.Arrays;
import org.plateau.field.LevelMap;

/**
 * The numbers of one map from which regimes are told, and which metrics share. All averages are
 * weighted by area; T' is the departure of temperature from its global mean, V its variance.
 *
 * @param meanTemperature global mean temperature, K
 * @param relativeSpread sqrt(V) / mean temperature
 * @param dayCorrelation correlation of T' with max(0, cos(lat) cos(lon)), the irradiation pattern
 * @param zonalShare variance of the zonal mean of T' over V
 * @param northSouthShare variance of half the north-south difference of T' over V
 * @param equatorRe real part (towards the substellar point) of the wavenumber-1 amplitude of T', in
 *     K, averaged over |lat| &lt; 15 degrees
 * @param equatorIm imaginary part (towards 90 degrees east) of the same
 * @param midRe real part of the same over 30 &lt;= |lat| &lt; 65 degrees
 * @param midIm imaginary part of the same
 * @param offset longitude of the equatorial wavenumber-1 crest, degrees east of the substellar
 *     point
 * @param tilt offset minus its mid-latitude counterpart, degrees; positive if the equator leads
 *     east
 * @param equatorialWind zonal-mean zonal wind over |lat| &lt; 15 degrees, m s-1
 * @param midLatitudeWind the same over 30 &lt;= |lat| &lt; 65 degrees, m s-1
 * @param rmsWind root of the mean square of wind speed, m s-1
 * @param jet (equatorialWind - midLatitudeWind) / rmsWind
 * @param minimumEquatorialWind smallest value over longitude of u averaged over |lat| &lt; 15
 *     degrees, m s-1
 * @param night (mean of T' within 35 degrees of the antistellar point minus the mean of the ring 60
 *     to 90 degrees from it) / sqrt(V)
 * @param invertedFraction share of the area with dT/dln(p) &lt; 0; NaN if the gradient is unknown
 */
public record RegimeDiagnostics(
        double meanTemperature,
        double relativeSpread,
        double dayCorrelation,
        double zonalShare,
        double northSouthShare,
        double equatorRe,
        double equatorIm,
        double midRe,
        double midIm,
        double offset,
        double tilt,
        double equatorialWind,
        double midLatitudeWind,
        double rmsWind,
        double jet,
        double minimumEquatorialWind,
        double night,
        double invertedFraction) {

    /** A relative spread below this is the rounding of single precision, not structure. */
    private static final double ROUNDING = 1e-6;

    /** Wavenumber-1 amplitude at the equator, K. */
    public double equatorAmplitude() {
        return Math.hypot(equatorRe, equatorIm);
    }

    /** Wavenumber-1 amplitude at mid-latitudes, K. */
    public double midAmplitude() {
        return Math.hypot(midRe, midIm);
    }

    /** Computes all of them. */
    public static RegimeDiagnostics of(LevelMap map) {
        return of(MapSums.of(map), map.lapse());
    }

    /**
     * Computes all of them.
     *
     * @param lapse the map's dT/dln(p), null if it is not known
     */
    public static RegimeDiagnostics of(MapSums sums, float[] lapse) {
        Geometry geometry = sums.geometry();
        double beyond = sums.mean();
        double mean = sums.meanTemperature();
        double variance = Math.max(0, sums.squares - beyond * beyond);
        boolean flat = Math.sqrt(variance) < ROUNDING * Math.abs(mean);
        double spread = flat ? 0 : Math.sqrt(variance);
        double[] none = new double[2];
        double[] equator = flat ? none : geometry.firstWave(sums.equator, geometry.equatorArea());
        double[] mid = flat ? none : geometry.firstWave(sums.mid, geometry.midArea());
        double offset = phase(equator);
        double equatorial = ratio(total(sums.windEquator), geometry.equatorArea());
        double outer = ratio(total(sums.windMid), geometry.midArea());
        double slowest = Arrays.stream(sums.windEquator).min().orElseThrow();
        double rms = Math.sqrt(sums.wind);
        double day = sums.day - beyond * geometry.meanIrradiation();
        return new RegimeDiagnostics(
                mean,
                ratio(spread, mean),
                ratio(flat ? 0 : day, spread * geometry.daySpread()),
                flat ? 0 : ratio(zonalVariance(sums, beyond), variance),
                flat ? 0 : ratio(sums.odd, variance),
                equator[0],
                equator[1],
                mid[0],
                mid[1],
                offset,
                wrap(offset - phase(mid)),
                equatorial,
                outer,
                rms,
                ratio(equatorial - outer, rms),
                ratio(slowest * geometry.grid().nlon(), geometry.equatorArea()),
                flat ? 0 : ratio(sums.night, spread),
                invertedFraction(geometry, lapse));
    }

    private static double total(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double ratio(double a, double b) {
        return b == 0 ? 0 : a / b;
    }

    private static double phase(double[] wave) {
        return Math.toDegrees(Math.atan2(wave[1], wave[0]));
    }

    private static double wrap(double degrees) {
        return degrees - 360 * Math.rint(degrees / 360);
    }

    private static double zonalVariance(MapSums sums, double mean) {
        int n = sums.columns.length;
        double sum = 0;
        for (int i = 0; i < sums.rows.length; i++) {
            double zonal = sums.rows[i] - n * mean;
            sum += sums.geometry().area(i) * zonal * zonal / n;
        }
        return sum;
    }

    private static double invertedFraction(Geometry geometry, float[] lapse) {
        if (lapse == null) {
            return Double.NaN;
        }
        int n = geometry.grid().nlon();
        double area = 0;
        for (int i = 0; i < geometry.grid().nlat(); i++) {
            int inverted = 0;
            for (int k = i * n; k < (i + 1) * n; k++) {
                inverted += lapse[k] < 0 ? 1 : 0;
            }
            area += inverted * geometry.area(i);
        }
        return area;
    }
}
