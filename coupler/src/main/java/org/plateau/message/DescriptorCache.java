package org.plateau.message;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parsed descriptors by hash, the latest used of them kept.
 *
 * <p>Most records repeat the descriptor of an earlier one; this spares parsing it again. Not
 * thread-safe.
 */
public final class DescriptorCache {
    private final Map<Long, VariableDescriptor> parsed;

    /** A cache of at most that many descriptors. */
    public DescriptorCache(int capacity) {
        parsed =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(
                            Map.Entry<Long, VariableDescriptor> eldest) {
                        return size() > capacity;
                    }
                };
    }

    /**
     * The descriptor of a record.
     *
     * @throws MalformedRecordException if it has none, or one that is not what its hash says
     */
    public VariableDescriptor of(RecordView record) {
        VariableDescriptor known = parsed.get(record.descriptorHash());
        if (known == null) {
            known = parse(record);
            parsed.put(record.descriptorHash(), known);
        }
        return known;
    }

    private static VariableDescriptor parse(RecordView record) {
        ByteBuffer bytes = record.descriptorBytes();
        long hash = Fnv.hash(bytes);
        if (!record.hasDescriptor() || hash != record.descriptorHash()) {
            throw new MalformedRecordException(
                    "expected a descriptor of hash %016x in %s, found %016x"
                            .formatted(record.descriptorHash(), record, hash));
        }
        return VariableDescriptor.parse(bytes);
    }
}
