package org.plateau.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The keys of one mapping with their values, and beneath them those of a model's preset, which
 * count wherever the mapping itself says nothing. Immutable.
 */
final class Section {
    private final String file;
    private final Map<String, Entry> own = new LinkedHashMap<>();
    private final Section beneath;

    /**
     * @param file where it stands
     * @param line there, from 1
     * @param preset whether it is the preset's
     */
    record Entry(String file, int line, Node value, boolean preset) {
        boolean isNothing() {
            return value.getTag().equals(Tag.NULL);
        }

        String where() {
            return file + ":" + line;
        }
    }

    private Section(String file, Section beneath) {
        this.file = file;
        this.beneath = beneath;
    }

    static Section empty(String file) {
        return new Section(file, null);
    }

    /**
     * @param path of the section, for messages: empty or ending in a dot
     * @throws SettingsException for a key that is no text or stands twice
     */
    static Section of(String file, String path, MappingNode mapping) {
        return new Section(file, null).fill(path, mapping, false);
    }

    private Section fill(String path, MappingNode mapping, boolean preset) {
        for (NodeTuple tuple : mapping.getValue()) {
            int line = lineOf(tuple.getKeyNode());
            String where = file + ":" + line + ": ";
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new SettingsException(where + "expected a plain key");
            }
            Entry entry = new Entry(file, line, tuple.getValueNode(), preset);
            if (own.put(key.getValue(), entry) != null) {
                throw new SettingsException(
                        where + path + key.getValue() + ": stands twice in this section; keep one");
            }
        }
        return this;
    }

    /** The same with a preset's keys beneath. */
    Section over(String presetFile, String path, MappingNode preset) {
        Section both = new Section(file, new Section(presetFile, null).fill(path, preset, true));
        both.own.putAll(own);
        return both;
    }

    /** Names of the file that the section itself stands in. */
    String file() {
        return file;
    }

    /** Keys in the order of the files, the own ones first. */
    List<String> keys() {
        List<String> keys = new ArrayList<>(own.keySet());
        if (beneath != null) {
            beneath.own.keySet().stream().filter(key -> !own.containsKey(key)).forEach(keys::add);
        }
        return keys;
    }

    /** What a key has: its own value unless that is nothing, else the preset's; null if neither. */
    Entry get(String key) {
        Entry entry = own.get(key);
        Entry below = beneath == null ? null : beneath.own.get(key);
        return entry == null || entry.isNothing() && below != null ? below : entry;
    }

    /**
     * The section under a key, in which the preset's keys lie beneath the own ones; null if what is
     * there is no section.
     */
    Section section(String path, String key) {
        Entry entry = get(key);
        if (!(entry.value instanceof MappingNode mapping)) {
            return null;
        }
        Section section = new Section(entry.file, null).fill(path, mapping, entry.preset);
        Entry below = beneath == null || entry.preset ? null : beneath.own.get(key);
        return below != null && below.value instanceof MappingNode preset
                ? section.over(below.file, path, preset)
                : section;
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
