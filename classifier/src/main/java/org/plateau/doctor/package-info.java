/**
 * What {@code plateau doctor} looks at before a run: one class per question, each of which answers
 * with findings in plain words.
 *
 * <p>Enter at {@link org.plateau.doctor.Check}: {@link org.plateau.doctor.ModelCheck}, {@link
 * org.plateau.doctor.SharedMemoryCheck}, {@link org.plateau.doctor.RingSizeCheck}, {@link
 * org.plateau.doctor.SessionsCheck}, {@link org.plateau.doctor.NamedSessionCheck}, {@link
 * org.plateau.doctor.SoftwareCheck}, {@link org.plateau.doctor.MpiCheck}, {@link
 * org.plateau.doctor.GpuCheck} and {@link org.plateau.doctor.FoldersCheck} implement it; {@link
 * org.plateau.doctor.MemoryRoom} reads what the memory cgroups leave. Everything that a check needs
 * of the machine is given to it, so that tests put made-up directories and programs in its place.
 *
 * <p>Nothing is changed, except that {@link org.plateau.doctor.SessionsCheck} removes stale
 * sessions when it is told to. No ring is ever read.
 *
 * <p>Threading: none; everything runs in the caller's thread.
 *
 * <p>Neighbours: {@code org.plateau.launch} says what the settings ask for and which parts of a
 * session live; {@code org.plateau.cli} prints.
 */
package org.plateau.doctor;
