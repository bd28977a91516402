/**
 * The command {@code plateau}: one class per subcommand, which reads options and settings, calls
 * one package that does the work, and turns its outcome into text and an exit code.
 *
 * <p>Enter at {@link org.plateau.cli.Plateau}. Exit codes: 0 done, 1 a negative answer ("not yet"),
 * 2 wrong usage or settings, 3 failed while running.
 */
package org.plateau.cli;
