package org.plateau.runcontrol;

import java.time.Duration;
import java.util.List;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code stop} of the settings.
 *
 * @param mode advise or act
 * @param policy what must hold
 * @param hold outputs in a row at which it must hold
 * @param maximumAge oldest output, by the wall clock, on which may be acted
 * @param attempts how often a failing adapter is tried
 * @param retryAfter time between two tries
 * @param adapters how to stop, in this order
 * @param restart what a model that was asked to end leaves behind
 */
public record StopSettings(
        StopMode mode,
        StopPolicy policy,
        int hold,
        Duration maximumAge,
        int attempts,
        Duration retryAfter,
        List<AdapterSettings> adapters,
        RestartSettings restart) {

    private static final double SECONDS_PER_DAY = 86_400;

    public StopSettings {
        adapters = List.copyOf(adapters);
    }

    public static StopSettings read(SettingsNode section) {
        StopPolicy policy =
                new StopPolicy(
                        section.pressures("levels", List.of(), StopPolicy.COLUMN),
                        section.texts("levels", List.of()).contains(StopPolicy.COLUMN),
                        java.util.Set.copyOf(section.texts("metrics", List.of())),
                        accepted(section),
                        section.seconds("minimumModelTime", 0) / SECONDS_PER_DAY);
        List<AdapterSettings> adapters =
                section.sections("adapters").stream().map(AdapterSettings::read).toList();
        return new StopSettings(
                section.choice("mode", StopMode.ADVISE),
                policy,
                atLeastOne(section, "hold", 3),
                section.duration("maximumAge", Duration.ofHours(1)),
                atLeastOne(section, "attempts", 5),
                section.duration("retryAfter", Duration.ofSeconds(30)),
                adapters.isEmpty() ? List.of(AdapterSettings.MODEL_API) : adapters,
                RestartSettings.read(section.section("restart")));
    }

    private static java.util.Set<String> accepted(SettingsNode section) {
        List<String> names = section.texts("accept", List.of("equilibrated"));
        for (String name : names) {
            if (!name.equals("equilibrated") && !name.equals("cyclic")) {
                throw section.wrong("accept", "equilibrated or cyclic", "'" + name + "'");
            }
        }
        return java.util.Set.copyOf(names);
    }

    private static int atLeastOne(SettingsNode section, String key, int otherwise) {
        int value = section.integer(key, otherwise);
        if (value < 1) {
            throw section.wrong(key, "a whole number of 1 or more", "" + value);
        }
        return value;
    }
}
