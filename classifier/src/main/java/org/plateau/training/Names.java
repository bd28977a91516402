package org.plateau.training;

/** Outputs as people read them. */
final class Names {

    private Names() {}

    /** Words for the name of an output as descriptors and results have it. */
    static String words(String output) {
        return output.equals("nothing") ? "nothing recognised" : output.replace('_', ' ');
    }
}
