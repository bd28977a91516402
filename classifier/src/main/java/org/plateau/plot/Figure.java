package org.plateau.plot;

/** A picture that can be laid out at any width. */
public interface Figure {
    /** What it shows, for the file's title. */
    String title();

    /** Height in points at this medium's width. */
    double height(Medium medium);

    /** Draws the whole figure. */
    void draw(Canvas canvas, Medium medium);
}
