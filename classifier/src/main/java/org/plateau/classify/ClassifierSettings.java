package org.plateau.classify;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.plateau.assembly.AssemblySettings;
import org.plateau.assembly.InputNames;
import org.plateau.assembly.Role;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.metrics.Metric;
import org.plateau.metrics.Metrics;
import org.plateau.network.Engine;
import org.plateau.network.NetworkSettings;
import org.plateau.queue.QueueSettings;
import org.plateau.runcontrol.StopSettings;
import org.plateau.settings.RunSettings;
import org.plateau.settings.SettingsNode;

/**
 * Everything that the classifier reads of a settings file.
 *
 * @param directory the run directory
 */
public record ClassifierSettings(
        RunSettings run,
        Path directory,
        QueueSettings queue,
        InputNames input,
        PlanetSettings planet,
        LevelSettings levels,
        AssemblySettings assembly,
        EquilibrationSection equilibration,
        StopSettings stop,
        NetworkSettings network,
        ClassifySettings classify) {

    /** Reads and checks the classifier's sections. */
    public static ClassifierSettings read(SettingsNode root) {
        Map<String, SettingsNode> sections = new LinkedHashMap<>();
        for (String name :
                new String[] {
                    "run",
                    "queue",
                    "input",
                    "planet",
                    "levels",
                    "assembly",
                    "equilibration",
                    "stop",
                    "network",
                    "classify"
                }) {
            sections.put(name, root.section(name));
        }
        RunSettings run = RunSettings.read(sections.get("run"));
        InputNames input = InputNames.read(sections.get("input"));
        ClassifierSettings settings =
                new ClassifierSettings(
                        run,
                        run.directory(),
                        QueueSettings.read(sections.get("queue")),
                        input,
                        PlanetSettings.read(sections.get("planet")),
                        LevelSettings.read(sections.get("levels"), input.names(Role.PRESSURE)),
                        AssemblySettings.read(sections.get("assembly")),
                        EquilibrationSection.read(sections.get("equilibration")),
                        StopSettings.read(sections.get("stop")),
                        NetworkSettings.read(sections.get("network")),
                        ClassifySettings.read(sections.get("classify")));
        sections.values().forEach(SettingsNode::finish);
        List<String> known = settings.metricNames();
        knowEveryMetric(sections.get("stop"), "metrics", settings.stop().policy().metrics(), known);
        knowEveryMetric(
                sections.get("equilibration"),
                "tolerance",
                settings.equilibration().tolerances().keySet(),
                known);
        return settings;
    }

    private static void knowEveryMetric(
            SettingsNode section, String key, Set<String> asked, List<String> known) {
        for (String name : asked) {
            if (!known.contains(name)) {
                throw section.wrong(
                        key, "names out of " + String.join(", ", known), "'" + name + "'");
            }
        }
    }

    private List<String> metricNames() {
        return Stream.of(
                        Metrics.list(),
                        Metrics.column(),
                        Metrics.written(),
                        Metrics.named(equilibration.variables()))
                .flatMap(List::stream)
                .map(Metric::name)
                .toList();
    }

    /** Which variables are inputs, and which make metrics of the column. */
    public InputNames inputs() {
        Set<String> standard = new TreeSet<>();
        Metrics.written().forEach(metric -> standard.addAll(metric.needs()));
        return input.with(equilibration.variables().keySet(), standard);
    }

    /** The same with another run directory; null leaves it. */
    public ClassifierSettings in(Path runDirectory) {
        return runDirectory == null
                ? this
                : new ClassifierSettings(
                        run,
                        runDirectory,
                        queue,
                        input,
                        planet,
                        levels,
                        assembly,
                        equilibration,
                        stop,
                        network,
                        classify);
    }

    /** The same with another queue folder or dump folder; null leaves it. */
    public ClassifierSettings with(Path queueDirectory, Path dumpFields) {
        QueueSettings otherQueue = queueDirectory == null ? queue : queue.at(queueDirectory);
        ClassifySettings otherClassify =
                dumpFields == null
                        ? classify
                        : new ClassifySettings(
                                classify.labels(),
                                classify.batch(),
                                classify.holes(),
                                classify.sync(),
                                classify.maps(),
                                dumpFields.toString());
        return new ClassifierSettings(
                run,
                directory,
                otherQueue,
                input,
                planet,
                levels,
                assembly,
                equilibration,
                stop,
                network,
                otherClassify);
    }

    /** The same with another way to compute. */
    public ClassifierSettings with(NetworkSettings other) {
        return new ClassifierSettings(
                run,
                directory,
                queue,
                input,
                planet,
                levels,
                assembly,
                equilibration,
                stop,
                other,
                classify);
    }

    /**
     * The same with another way to label.
     *
     * @param labels network or computed
     */
    public ClassifierSettings labelled(String labels) {
        return new ClassifierSettings(
                run,
                directory,
                queue,
                input,
                planet,
                levels,
                assembly,
                equilibration,
                stop,
                network,
                new ClassifySettings(
                        labels,
                        classify.batch(),
                        classify.holes(),
                        classify.sync(),
                        classify.maps(),
                        classify.dumpFields()));
    }

    /** What results say of how they were made. */
    Map<String, String> provenance(Engine.Provenance engine) {
        Map<String, String> attributes = new LinkedHashMap<>();
        String version = Classifier.class.getPackage().getImplementationVersion();
        attributes.put("title", "Circulation regimes and equilibration of " + run.name());
        attributes.put("source", "Plateau " + (version == null ? "(development)" : version));
        attributes.put("run", run.name());
        attributes.put("network", engine.network());
        attributes.put("engine", engine.engine());
        attributes.put("device", engine.device());
        attributes.put("natives", engine.natives());
        attributes.put("threads", Integer.toString(engine.threads()));
        attributes.put("longitude_shifts", Integer.toString(network.shifts()));
        attributes.put("settings", hash());
        return attributes;
    }

    /** SHA-256 of the settings that decide on labels and verdicts. */
    private String hash() {
        String text =
                String.join(
                        "\n",
                        input.toString(),
                        planet.scales().toString(),
                        Double.toString(planet.substellarLongitude()),
                        Double.toString(planet.substellarRate()),
                        Double.toString(planet.referencePressure()),
                        levels.toString(),
                        equilibration.toString(),
                        network.toString(),
                        classify.labels(),
                        Double.toString(classify.holes()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
