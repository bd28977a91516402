package org.plateau.runcontrol;

import org.plateau.settings.SettingsNode;

/**
 * Section {@code stop.restart}: what a model that was asked to end leaves behind, and how to see
 * that it is good.
 *
 * @param files pattern of its restart files, relative to the run directory; empty: no check
 * @param time netCDF variable or global attribute with the model time; empty: none
 * @param units of that time, where the file does not say
 * @param step s of model time, where that number counts steps since the origin of the outputs'
 *     time; 0: it is a time
 * @param date netCDF variable or global attribute with the date as the number yyyymmdd; empty: none
 */
public record RestartSettings(String files, String time, String units, double step, String date) {

    static final RestartSettings NONE = new RestartSettings("", "", "", 0, "");

    static RestartSettings read(SettingsNode section) {
        RestartSettings read =
                new RestartSettings(
                        section.text("files", ""),
                        section.text("time", ""),
                        section.text("units", ""),
                        section.seconds("step", 0),
                        section.text("date", ""));
        if (read.files.isEmpty() && !(read.time + read.date).isEmpty()) {
            throw section.wrong("files", "a pattern of restart files", "''");
        }
        if (read.step < 0) {
            throw section.wrong("step", "a time of 0 s or more", section.text("step", ""));
        }
        return read;
    }
}
