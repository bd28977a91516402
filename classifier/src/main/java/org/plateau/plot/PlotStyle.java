package org.plateau.plot;

/** Choices that hold for every figure of a call. */
public record PlotStyle(Palette palette, PressureUnit pressureUnit) {}
