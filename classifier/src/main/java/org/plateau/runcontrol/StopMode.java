package org.plateau.runcontrol;

/** What to do when the policy is met. */
public enum StopMode {
    /** Say so, and leave the run alone. */
    ADVISE,
    /** End the run through the adapters. */
    ACT
}
