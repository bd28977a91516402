package org.plateau.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts a descriptor into bytes. */
final class DescriptorWriter {
    private ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    ByteBuffer write(VariableDescriptor d) {
        number(RecordLayout.DESCRIPTOR_VERSION);
        string(d.path());
        string(d.variable());
        code(d.type().map(ElementType::code).orElse(0));
        number(d.dimensions().size());
        d.dimensions().forEach(this::dimension);
        attributes(d.attributes());
        attributes(d.globals());
        return out.flip();
    }

    private void dimension(Dimension d) {
        string(d.name());
        room(16).putLong(d.length()).putLong(d.unlimited() ? 1 : 0);
    }

    private void attributes(List<Attribute> all) {
        number(all.size());
        all.forEach(this::attribute);
    }

    private void attribute(Attribute a) {
        string(a.name());
        code(a.type().code());
        if (a.value() instanceof List<?> words) {
            number(words.size());
            words.forEach(w -> string((String) w));
            return;
        }
        ByteBuffer elements = a.elements();
        number(elements.remaining() / a.type().bytes());
        padded(elements);
    }

    private void string(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        number(bytes.remaining());
        padded(bytes);
    }

    private void code(int type) {
        number(type);
    }

    private void number(int n) {
        room(4).putInt(n);
    }

    private void padded(ByteBuffer bytes) {
        int n = bytes.remaining();
        int end = out.position() + (int) RecordLayout.pad4(n);
        room((int) RecordLayout.pad4(n)).put(bytes);
        while (out.position() < end) {
            out.put((byte) 0);
        }
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + bytes))
                            .order(ByteOrder.LITTLE_ENDIAN);
            out = larger.put(out.flip());
        }
        return out;
    }
}
