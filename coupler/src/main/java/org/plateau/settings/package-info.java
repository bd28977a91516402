/**
 * The settings file: YAML in, typed values out, every complaint one line that names file, line, key
 * and what was expected.
 *
 * <p>Enter at {@link org.plateau.settings.SettingsFile}. Each part of Plateau keeps its own record
 * of settings next to its code and reads it from a {@link org.plateau.settings.SettingsNode}.
 * Values are immutable; nodes are read by one thread. Knows of no other package.
 */
package org.plateau.settings;
