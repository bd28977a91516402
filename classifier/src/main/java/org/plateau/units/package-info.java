/**
 * Units of measurement as files, models and people write them.
 *
 * <p>Enter at {@link org.plateau.units.UnitConversion}. The only home of UDUNITS ({@code
 * ucar.units}, a part of netcdf-java); everything here is immutable and safe for any thread.
 */
package org.plateau.units;
