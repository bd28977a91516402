/**
 * From verdicts to a stop: when the policy of the settings is met, advise (the default) or act.
 *
 * <p>Enter at {@link org.plateau.runcontrol.RunControl#step}: once per output, with what the
 * verdicts are and how fresh they are. It keeps its decision in the run directory ({@code
 * decision.json}), so that a classifier that is killed and started again neither forgets a stop nor
 * acts twice. A stop happens through {@link org.plateau.runcontrol.StopAdapter}s; {@link
 * org.plateau.runcontrol.ControlFiles} are the files by which a person vetoes, stops or resumes.
 *
 * <p>One thread calls; adapters run on it, each within its time limit. A failing adapter is
 * reported and tried again as the settings say, and never throws out of this package. Neighbours:
 * {@code org.plateau.equilibration} gives the verdicts, the pipeline in {@code
 * org.plateau.classify} calls, the coupler reads {@code stop.json}.
 */
package org.plateau.runcontrol;
