/**
 * Records: one captured write, or what is known of writes that were lost, as bytes.
 *
 * <p>The layout has one home, {@code docs/MESSAGE_FORMAT.md}; the same bytes stand in a ring, in a
 * queue and in an MPI message. Enter at {@link org.plateau.message.RecordView}, which reads a
 * record in place, and {@link org.plateau.message.RecordWriter}, which builds one. {@link
 * org.plateau.message.VariableDescriptor} is the description of its variable that every record
 * carries.
 *
 * <p>Nothing here does I/O. Values are immutable and may be shared; {@code RecordView}, {@code
 * RecordWriter} and {@code DescriptorCache} belong to one thread at a time.
 *
 * <p>Neighbours: {@code org.plateau.bridge} hands records out of a ring, {@code org.plateau.queue}
 * keeps them.
 */
package org.plateau.message;
