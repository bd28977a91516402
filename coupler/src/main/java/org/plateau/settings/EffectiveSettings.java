package org.plateau.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The value that counts of every setting, and where it stands. */
public final class EffectiveSettings {
    private final List<Line> lines = new ArrayList<>();

    /**
     * One setting.
     *
     * @param key with its sections, such as {@code hook.ring}
     * @param value as written; empty if it has none
     * @param from file and line; empty: the default
     */
    public record Line(String key, String value, String from) {}

    private EffectiveSettings() {}

    /**
     * All settings, in the order of the documentation.
     *
     * @param settings the user's, over the preset that they name
     * @param documented every key with its default, {@code config/plateau.yaml}
     * @throws SettingsException if one of them is no settings file
     */
    public static List<Line> of(Path settings, Path documented) {
        EffectiveSettings effective = new EffectiveSettings();
        effective.walk(
                "", SettingsFile.load(settings).here(), SettingsFile.load(documented).here());
        return List.copyOf(effective.lines);
    }

    private void walk(String path, Section own, Section usual) {
        Set<String> keys = new LinkedHashSet<>(usual.keys());
        keys.addAll(own.keys());
        for (String key : keys) {
            Section.Entry entry = own.get(key);
            boolean given = entry != null && !entry.isNothing();
            Section.Entry counts = given ? entry : usual.get(key);
            if (counts == null || key.equals("model") && counts.value() instanceof MappingNode) {
                continue; // what a preset says of itself
            }
            if (counts.value() instanceof MappingNode) {
                walk(path + key + ".", below(own, key), below(usual, key));
            } else {
                String from = given ? (counts.preset() ? "preset " : "") + counts.where() : "";
                String value = counts.isNothing() ? "" : text(counts.value());
                lines.add(new Line(path + key, value, from));
            }
        }
    }

    private static Section below(Section section, String key) {
        Section.Entry entry = section.get(key);
        return entry != null && entry.value() instanceof MappingNode
                ? section.section(key + ".", key)
                : Section.empty(section.file());
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        } else if (node instanceof SequenceNode list) {
            return list.getValue().stream()
                    .map(EffectiveSettings::text)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return ((MappingNode) node)
                .getValue().stream()
                        .map(t -> text(t.getKeyNode()) + ": " + text(t.getValueNode()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
