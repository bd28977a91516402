/**
 * Whole-system tests: the model, the hook, the coupler, the classifier and Slurm as real processes.
 *
 * <p>Every test gets a directory of its own from {@link org.plateau.tests.Workplace}, kept under
 * {@code tests/target/work} when it fails. {@link org.plateau.tests.Program} runs one command with
 * a time limit, {@link org.plateau.tests.ModelRun} one run of minigcm, {@link
 * org.plateau.tests.Slurm} a cluster of two nodes on this machine. JUnit tags are the areas of
 * {@code tests/run.sh}; {@code long} marks what only {@code --all} runs.
 *
 * <p>Threading: one test at a time; two of them would fight for the cores.
 */
package org.plateau.tests;
