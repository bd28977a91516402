package org.plateau.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a settings file. */
public final class SettingsFile {
    /** Every section that some part of Plateau reads; {@code config/plateau.yaml} explains them. */
    private static final List<String> SECTIONS =
            List.of(
                    "model",
                    "run",
                    "session",
                    "hook",
                    "queue",
                    "coupler",
                    "input",
                    "planet",
                    "levels",
                    "assembly",
                    "classify",
                    "network",
                    "equilibration",
                    "stop",
                    "monitor");

    private SettingsFile() {}

    /**
     * The root section of a file, over the preset of the model that it names with {@code model}.
     *
     * @throws SettingsException if the file is missing, is no YAML, is not a mapping, has a section
     *     that no part of Plateau knows or names a model that there is no preset of
     */
    public static SettingsNode load(Path file) {
        Section root = root(file);
        new SettingsNode("", root).only(SECTIONS);
        String model = new SettingsNode("", root).text("model", "");
        if (model.isEmpty()) {
            return new SettingsNode("", root);
        }
        Path preset = ModelPreset.find(model, new SettingsNode("", root));
        new SettingsNode("", root(preset)).only(SECTIONS);
        return new SettingsNode("", root.over(preset.toString(), "", mapping(preset)));
    }

    /** The root section of a preset's own file. */
    static SettingsNode preset(Path file) {
        return new SettingsNode("", root(file));
    }

    private static Section root(Path file) {
        return Section.of(file.toString(), "", mapping(file));
    }

    private static MappingNode mapping(Path file) {
        try {
            return mapping(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new SettingsException(
                    file + ": expected a settings file in YAML, found bytes that are no text");
        } catch (IOException e) {
            String found =
                    Files.isDirectory(file)
                            ? "a directory"
                            : Files.exists(file) ? "one that may not be read" : "none";
            throw new SettingsException(
                    file
                            + ": expected a readable settings file, found "
                            + found
                            + "; copy config/plateau.yaml there or name another with --settings");
        }
    }

    /** The root section of a text; {@code name} stands for the file in messages. */
    public static SettingsNode parse(String name, String text) {
        return new SettingsNode("", Section.of(name, "", mapping(name, text)));
    }

    private static MappingNode mapping(String name, String text) {
        Optional<Node> root;
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(name).setAllowDuplicateKeys(false).build();
            root = new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new SettingsException(
                    name + ":" + line + ": expected YAML, found " + oneLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new SettingsException(name + ": expected YAML, found " + oneLine(e.getMessage()));
        }
        if (root.isEmpty()) {
            return new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
        }
        if (root.get() instanceof MappingNode mapping) {
            return mapping;
        }
        throw new SettingsException(
                name + ":1: expected sections such as 'run:', found a single value or a list");
    }

    private static String oneLine(String text) {
        return text == null
                ? "something else"
                : text.replaceAll("\\s+", " ").replaceFirst("^found ", "");
    }
}
