package org.plateau.tests;

import org.plateau.monitor.Actions;

/** For a page on which nobody orders anything. */
final class NoActions implements Actions {
    @Override
    public void veto(String reason) {
        throw new AssertionError("a veto that nobody ordered");
    }

    @Override
    public void stop(String reason) {
        throw new AssertionError("a stop that nobody ordered");
    }

    @Override
    public void resume(String reason) {
        throw new AssertionError("a resume that nobody ordered");
    }
}
