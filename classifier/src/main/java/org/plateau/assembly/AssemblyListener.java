package org.plateau.assembly;

import java.util.List;
import org.plateau.message.RecordView;

/** Who is told what the assembler found. Called on the assembler's thread. */
public interface AssemblyListener {
    /** A step is complete or given up; a given-up time may come again, complete. */
    void step(Step step);

    /**
     * A scalar or a horizontal field is complete from which a metric of the column is made.
     *
     * @param metric what it counts as: a CF standard name, or the variable's name if a person asked
     *     for it
     * @param writes that become used
     */
    void written(String metric, Field field, List<Write> writes);

    /** A coordinate came: to be kept for a restart. The record is valid during the call. */
    void coordinate(RecordView record);

    /**
     * Something that a person should know.
     *
     * @param kind one word for machines: overlap, time, units, memory, malformed
     */
    void notice(String kind, String text);
}
