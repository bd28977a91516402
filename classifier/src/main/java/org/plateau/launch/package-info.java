/**
 * Starts and ends what watches a model: the session, the coupler and the classifier.
 *
 * <p>Enter at {@link org.plateau.launch.Launch}: {@code begin} makes the session and starts the
 * parts, {@code end} lets them finish and removes it. {@link org.plateau.launch.RunCommand} does
 * both around a command, {@link org.plateau.launch.StartCommand} and {@link
 * org.plateau.launch.FinishCommand} one half each, for job scripts. {@link
 * org.plateau.launch.Report} is what they print at the end.
 *
 * <p>No part may ever harm the model: a part that fails is reported and the model runs on. The
 * parts are processes of their own in a session of their own ({@code setsid}), so a Ctrl-C meant
 * for the model does not cut their draining short.
 *
 * <p>Threading: everything runs in the main thread, and in the shutdown hook when a signal came;
 * {@link org.plateau.launch.Launch#end} may be called from both and acts once.
 *
 * <p>Neighbours: {@code org.plateau.bridge} (session), {@code org.plateau.settings}; the parts
 * themselves are known here by their command lines only.
 */
package org.plateau.launch;
