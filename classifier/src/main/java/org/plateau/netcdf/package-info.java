/**
 * How netCDF files are opened for reading: all that read them enter at {@link
 * org.plateau.netcdf.NetcdfInput}. Any thread. Neighbours: {@code org.plateau.results}, {@code
 * org.plateau.replay}, {@code org.plateau.training} and {@code org.plateau.cli}, which read.
 */
package org.plateau.netcdf;
