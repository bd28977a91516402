package org.plateau.message;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a record says of its variable and of the file that it is written to.
 *
 * @param path absolute path of the file
 * @param variable name with groups, {@code /group/T} or {@code T}; empty when the record is about
 *     the whole file
 * @param type type on disk; empty when there is no variable
 * @param dimensions its dimensions, slowest first
 * @param attributes its attributes
 * @param globals attributes of the file, all but its history
 */
public record VariableDescriptor(
        String path,
        String variable,
        Optional<ElementType> type,
        List<Dimension> dimensions,
        List<Attribute> attributes,
        List<Attribute> globals) {

    public VariableDescriptor {
        Objects.requireNonNull(path);
        Objects.requireNonNull(variable);
        Objects.requireNonNull(type);
        dimensions = List.copyOf(dimensions);
        attributes = List.copyOf(attributes);
        globals = List.copyOf(globals);
    }

    /**
     * Parses a descriptor.
     *
     * @param bytes its bytes, from position to limit, which stay as they are
     * @throws OtherVersionException if another release of the format wrote it
     * @throws MalformedRecordException if the bytes are no descriptor
     */
    public static VariableDescriptor parse(ByteBuffer bytes) {
        return new DescriptorReader(bytes).read();
    }

    /** The bytes of this descriptor, little-endian, without padding. */
    public ByteBuffer encode() {
        return new DescriptorWriter().write(this);
    }

    /** The attribute of that name. */
    public Optional<Attribute> attribute(String name) {
        return find(attributes, name);
    }

    /** The file's attribute of that name. */
    public Optional<Attribute> global(String name) {
        return find(globals, name);
    }

    private static Optional<Attribute> find(List<Attribute> all, String name) {
        return all.stream().filter(a -> a.name().equals(name)).findFirst();
    }
}
