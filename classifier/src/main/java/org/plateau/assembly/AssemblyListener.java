package org.plateau.assembly;

import org.plateau.message.RecordView;

/** Who is told what the assembler found. Called on the assembler's thread. */
public interface AssemblyListener {
    /** A step is complete or given up; a given-up time may come again, complete. */
    void step(Step step);

    /** A coordinate came: to be kept for a restart. The record is valid during the call. */
    void coordinate(RecordView record);

    /**
     * Something that a person should know.
     *
     * @param kind one word for machines: overlap, time, memory, malformed
     */
    void notice(String kind, String text);
}
