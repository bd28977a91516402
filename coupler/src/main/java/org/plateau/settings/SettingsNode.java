package org.plateau.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One section of a settings file. Getters take a key and a default, and remember the key, so that
 * {@link #finish()} can name those that nobody knows. A key that stands there without a value is as
 * good as absent.
 */
public final class SettingsNode {
    private final String path;
    private final Section section;
    private final Set<String> known = new TreeSet<>();
    private final List<SettingsNode> children = new ArrayList<>();

    /**
     * @param path of the section, for messages: empty or ending in a dot
     */
    SettingsNode(String path, Section section) {
        this.path = path;
        this.section = section;
    }

    Section here() {
        return section;
    }

    /** Keys that stand in this section, in the order of the file. */
    public List<String> keys() {
        return List.copyOf(section.keys());
    }

    public boolean has(String key) {
        known.add(key);
        Section.Entry entry = section.get(key);
        return entry != null && !entry.isNothing();
    }

    /** Whether a key has its value from the preset of the model, not from the user. */
    public boolean fromPreset(String key) {
        return has(key) && section.get(key).preset();
    }

    /** The section under a key; an absent one is empty, so that every default applies. */
    public SettingsNode section(String key) {
        String inner = path + key + ".";
        Section below = has(key) ? section.section(inner, key) : Section.empty(section.file());
        if (below == null) {
            throw wrong(key, "a section with keys of its own", describe(value(key)));
        }
        SettingsNode child = new SettingsNode(inner, below);
        children.add(child);
        return child;
    }

    /** The sections of a list under a key. */
    public List<SettingsNode> sections(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (!(value(key) instanceof SequenceNode list)) {
            throw wrong(key, "a list of sections", describe(value(key)));
        }
        List<SettingsNode> result = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode mapping)) {
                throw wrong(key, "a list of sections", "a list with " + describe(item));
            }
            String inner = path + key + "[" + result.size() + "].";
            String file = section.get(key).file();
            result.add(new SettingsNode(inner, Section.of(file, inner, mapping)));
        }
        children.addAll(result);
        return result;
    }

    public String text(String key, String otherwise) {
        return has(key) ? scalar(key, "a text") : otherwise;
    }

    /** A list of texts; a single text counts as a list of one. */
    public List<String> texts(String key, List<String> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (value(key) instanceof ScalarNode one) {
            return List.of(one.getValue());
        }
        if (!(value(key) instanceof SequenceNode list)) {
            throw wrong(key, "a list of texts", describe(value(key)));
        }
        List<String> result = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                throw wrong(key, "a list of texts", "a list with " + describe(item));
            }
            result.add(scalar.getValue());
        }
        return List.copyOf(result);
    }

    /** One of a closed set of words. */
    public String choice(String key, String otherwise, List<String> words) {
        String value = text(key, otherwise);
        if (!words.contains(value)) {
            throw wrong(key, "one of " + String.join(", ", words), "'" + value + "'");
        }
        return value;
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            words.put(
                    constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), constant);
        }
        String fallback = otherwise.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return words.get(choice(key, fallback, List.copyOf(words.keySet())));
    }

    public boolean flag(String key, boolean otherwise) {
        return switch (text(key, Boolean.toString(otherwise))) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw wrong(key, "true or false", "'" + text(key, "") + "'");
        };
    }

    public int integer(String key, int otherwise) {
        return parsed(key, otherwise, "a whole number", Integer::valueOf);
    }

    public double number(String key, double otherwise) {
        return parsed(key, otherwise, "a number without unit", SettingsNode::finite);
    }

    /** A size in bytes, written with its unit. */
    public long bytes(String key, long otherwise) {
        return (long) quantity(key, otherwise, Quantity.BYTES);
    }

    /** A time, written with its unit. */
    public Duration duration(String key, Duration otherwise) {
        double seconds = seconds(key, otherwise.toNanos() * 1e-9);
        if (seconds < 0 || seconds > 9e9) {
            throw wrong(key, "a time of 0 s or more", "'" + text(key, "") + "'");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** A (model) time in seconds, written with its unit. */
    public double seconds(String key, double otherwise) {
        return quantity(key, otherwise, Quantity.DURATION);
    }

    /** A pressure in Pa, written with its unit. */
    public double pressure(String key, double otherwise) {
        return quantity(key, otherwise, Quantity.PRESSURE);
    }

    /** A list of pressures in Pa, each written with its unit. */
    public List<Double> pressures(String key, List<Double> otherwise) {
        return pressures(key, otherwise, "");
    }

    /**
     * The same, among which a word may stand that is no pressure.
     *
     * @param word left out of the result
     */
    public List<Double> pressures(String key, List<Double> otherwise, String word) {
        if (!has(key)) {
            return otherwise;
        }
        List<Double> result = new ArrayList<>();
        for (String text : texts(key, List.of())) {
            if (!text.equals(word)) {
                result.add(checked(key, text, Quantity.PRESSURE));
            }
        }
        return List.copyOf(result);
    }

    /** A pressure in Pa that stands as a key of this section. */
    public double pressureKey(String key) {
        has(key);
        return checked(key, key, Quantity.PRESSURE);
    }

    /** A length in m, written with its unit. */
    public double length(String key, double otherwise) {
        return quantity(key, otherwise, Quantity.LENGTH);
    }

    /** An angle in degrees, written with its unit. */
    public double angle(String key, double otherwise) {
        return quantity(key, otherwise, Quantity.ANGLE);
    }

    /** A speed in m/s, written with its unit. */
    public double speed(String key, double otherwise) {
        return quantity(key, otherwise, Quantity.SPEED);
    }

    /** A rotation rate in 1/s, written with its unit. */
    public double rate(String key, double otherwise) {
        return quantity(key, otherwise, Quantity.RATE);
    }

    /**
     * Ends the reading of this section and of all that were taken from it.
     *
     * @throws SettingsException for the first key that no getter asked for
     */
    public void finish() {
        for (String key : section.keys()) {
            if (!known.contains(key)) {
                throw new SettingsException(
                        section.get(key).where()
                                + ": "
                                + path
                                + key
                                + ": unknown key; expected one of "
                                + String.join(", ", known));
            }
        }
        children.forEach(SettingsNode::finish);
    }

    /** A file beside the one that this section stands in. */
    Path beside(String name) {
        return Path.of(section.file()).toAbsolutePath().resolveSibling(name);
    }

    /** Complains of the first key that is none of those given. */
    void only(List<String> keys) {
        known.addAll(keys);
        finish();
    }

    /** The complaint that a value is not what its key wants; for checks beyond the type. */
    public SettingsException wrong(String key, String expected, String found) {
        Section.Entry entry = section.get(key);
        String where = entry == null ? section.file() : entry.where();
        return new SettingsException(
                where + ": " + path + key + ": expected " + expected + ", found " + found);
    }

    private double quantity(String key, double otherwise, Quantity quantity) {
        return has(key) ? checked(key, scalar(key, quantity.expected), quantity) : otherwise;
    }

    private double checked(String key, String text, Quantity quantity) {
        double value = quantity.parse(text);
        if (Double.isNaN(value)) {
            throw wrong(key, quantity.expected, "'" + text + "'");
        }
        return value;
    }

    private <V> V parsed(String key, V otherwise, String expected, Function<String, V> parser) {
        if (!has(key)) {
            return otherwise;
        }
        String text = scalar(key, expected);
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw wrong(key, expected, "'" + text + "'");
        }
    }

    private static Double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private String scalar(String key, String expected) {
        Node value = value(key);
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(key, expected, describe(value));
    }

    private Node value(String key) {
        return section.get(key).value();
    }

    private static String describe(Node node) {
        if (node instanceof MappingNode) {
            return "a section";
        }
        return node instanceof ScalarNode scalar ? "'" + scalar.getValue() + "'" : "a list";
    }
}
