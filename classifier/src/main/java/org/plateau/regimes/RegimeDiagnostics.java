package org.plateau.regimes;

import java.util.Arrays;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;

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

    private static final double EQUATOR = 15;
    private static final double MID_SOUTH = 30;
    private static final double MID_NORTH = 65;

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
        RegularGrid grid = map.grid();
        Geometry geometry = Geometry.of(grid);
        double mean = geometry.mean(map.temperature());
        double[] t = new double[grid.size()];
        for (int k = 0; k < t.length; k++) {
            t[k] = map.temperature()[k] - mean;
        }
        double variance = geometry.product(t, t);
        if (Math.sqrt(variance) < ROUNDING * Math.abs(mean)) {
            Arrays.fill(t, 0);
            variance = 0;
        }
        double spread = Math.sqrt(variance);
        double[] equator = firstWave(geometry, t, 0, EQUATOR);
        double[] mid = firstWave(geometry, t, MID_SOUTH, MID_NORTH);
        double offset = phase(equator);
        double[] band = bandWind(geometry, map.u(), 0, EQUATOR);
        double equatorial = Arrays.stream(band).average().orElseThrow();
        double outer =
                Arrays.stream(bandWind(geometry, map.u(), MID_SOUTH, MID_NORTH))
                        .average()
                        .orElseThrow();
        double rms =
                Math.sqrt(geometry.product(map.u(), map.u()) + geometry.product(map.v(), map.v()));
        return new RegimeDiagnostics(
                mean,
                ratio(spread, mean),
                ratio(geometry.product(t, geometry.day()), spread * geometry.daySpread()),
                ratio(zonalVariance(geometry, t), variance),
                ratio(northSouthVariance(geometry, t), variance),
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
                Arrays.stream(band).min().orElseThrow(),
                ratio(geometry.nightContrast(t), spread),
                invertedFraction(geometry, map.lapse()));
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

    /**
     * {A cos L, A sin L} of A cos(lon - L), averaged over both bands south &lt;= |lat| &lt; north.
     */
    private static double[] firstWave(Geometry geometry, double[] t, double south, double north) {
        RegularGrid grid = geometry.grid();
        double re = 0;
        double im = 0;
        double area = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            double latitude = Math.abs(grid.latitude(i));
            if (latitude < south || latitude >= north) {
                continue;
            }
            double weight = grid.weight(i);
            area += weight * grid.nlon();
            for (int j = 0; j < grid.nlon(); j++) {
                re += weight * t[grid.index(i, j)] * geometry.cos(j);
                im += weight * t[grid.index(i, j)] * geometry.sin(j);
            }
        }
        return new double[] {ratio(2 * re, area), ratio(2 * im, area)};
    }

    private static double[] bandWind(Geometry geometry, float[] u, double south, double north) {
        RegularGrid grid = geometry.grid();
        double[] mean = new double[grid.nlon()];
        double area = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            double latitude = Math.abs(grid.latitude(i));
            if (latitude >= south && latitude < north) {
                double weight = grid.weight(i);
                area += weight;
                for (int j = 0; j < mean.length; j++) {
                    mean[j] += weight * u[grid.index(i, j)];
                }
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] = ratio(mean[j], area);
        }
        return mean;
    }

    private static double zonalVariance(Geometry geometry, double[] t) {
        RegularGrid grid = geometry.grid();
        double sum = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            double zonal = 0;
            for (int j = 0; j < grid.nlon(); j++) {
                zonal += t[grid.index(i, j)];
            }
            sum += grid.weight(i) * zonal * zonal / grid.nlon();
        }
        return sum;
    }

    private static double northSouthVariance(Geometry geometry, double[] t) {
        RegularGrid grid = geometry.grid();
        double sum = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            double row = 0;
            for (int j = 0; j < grid.nlon(); j++) {
                double mirrored = t[grid.index(grid.nlat() - 1 - i, j)];
                double odd = (t[grid.index(i, j)] - mirrored) / 2;
                row += odd * odd;
            }
            sum += grid.weight(i) * row;
        }
        return sum;
    }

    private static double invertedFraction(Geometry geometry, float[] lapse) {
        if (lapse == null) {
            return Double.NaN;
        }
        RegularGrid grid = geometry.grid();
        double area = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            int inverted = 0;
            for (int j = 0; j < grid.nlon(); j++) {
                inverted += lapse[grid.index(i, j)] < 0 ? 1 : 0;
            }
            area += inverted * grid.weight(i);
        }
        return area;
    }
}
