package org.plateau.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a settings file. */
public final class SettingsFile {
    /** Every section that some part of Plateau reads; {@code config/plateau.yaml} explains them. */
    private static final List<String> SECTIONS =
            List.of(
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
     * The root section of a file.
     *
     * @throws SettingsException if the file is missing, is no YAML, is not a mapping or has a
     *     section that no part of Plateau knows
     */
    public static SettingsNode load(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SettingsException(
                    file
                            + ": expected a readable settings file, found none; copy"
                            + " config/plateau.yaml there or name another with --settings");
        }
        parse(file.toString(), text).only(SECTIONS);
        return parse(file.toString(), text);
    }

    /** The root section of a text; {@code name} stands for the file in messages. */
    public static SettingsNode parse(String name, String text) {
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
            return SettingsNode.empty(name, "");
        }
        if (root.get() instanceof MappingNode mapping) {
            return new SettingsNode(name, "", mapping);
        }
        throw new SettingsException(
                name + ":1: expected sections such as 'run:', found a single value or a list");
    }

    private static String oneLine(String text) {
        return text == null ? "something else" : text.replaceAll("\\s+", " ");
    }
}
