package org.plateau.field;

/**
 * The numbers of a planet against which maps are measured.
 *
 * @param radius planetary radius, m
 * @param rotation angular velocity of rotation, s-1; negative for retrograde
 * @param waveSpeed speed of the fastest gravity wave, m s-1 (about 2.7 km/s for HD 209458b)
 * @param gasConstant specific gas constant, J kg-1 K-1
 * @param heatCapacity specific heat capacity at constant pressure, J kg-1 K-1
 */
public record PlanetScales(
        double radius, double rotation, double waveSpeed, double gasConstant, double heatCapacity) {

    /** HD 209458b as in Heng, Menou and Phillipps (2011). */
    public static final PlanetScales HD_209458B =
            new PlanetScales(9.44e7, 2.06e-5, 2700, 4593, 14308.4);

    public PlanetScales {
        positive("radius", radius);
        positive("wave speed", waveSpeed);
        positive("gas constant", gasConstant);
        positive("heat capacity", heatCapacity);
        if (!Double.isFinite(rotation)) {
            throw new IllegalArgumentException("rotation must be finite, not " + rotation);
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
