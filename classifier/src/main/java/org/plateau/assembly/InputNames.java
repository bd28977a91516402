package org.plateau.assembly;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plateau.message.Attribute;
import org.plateau.message.VariableDescriptor;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code input}, in part: which variables are temperature and wind. A name that is given
 * decides alone; otherwise CF's {@code standard_name} does, and after it the names that models give
 * them.
 *
 * @param given name of the variable per role, where the settings give one
 * @param files glob patterns of file names to take inputs from; empty: every file
 * @param operation the {@code online_operation} to take; empty: that of the first field that comes
 */
public record InputNames(Map<Role, String> given, List<String> files, String operation) {
    private static final Map<Role, String> STANDARD =
            Map.of(
                    Role.TEMPERATURE, "air_temperature",
                    Role.EASTWARD_WIND, "eastward_wind",
                    Role.NORTHWARD_WIND, "northward_wind");
    private static final Map<Role, List<String>> COMMON =
            Map.of(
                    Role.TEMPERATURE, List.of("t", "temp", "temperature", "ta"),
                    Role.EASTWARD_WIND, List.of("u", "ulon", "ua", "ucomp", "vitu"),
                    Role.NORTHWARD_WIND, List.of("v", "ulat", "va", "vcomp", "vitv"));

    /** Recognises everything by itself. */
    public static final InputNames AUTOMATIC = new InputNames(Map.of(), List.of(), "");

    public static InputNames read(SettingsNode input) {
        Map<Role, String> given = new EnumMap<>(Role.class);
        put(given, Role.TEMPERATURE, input.text("temperature", ""));
        put(given, Role.EASTWARD_WIND, input.text("eastwardWind", ""));
        put(given, Role.NORTHWARD_WIND, input.text("northwardWind", ""));
        return new InputNames(given, input.texts("files", List.of()), input.text("operation", ""));
    }

    private static void put(Map<Role, String> given, Role role, String name) {
        if (!name.isEmpty()) {
            given.put(role, name);
        }
    }

    /** The role of a variable, if it has one. */
    public Optional<Role> role(VariableDescriptor variable) {
        if (variable.dimensions().size() < 2 || !fromWantedFile(variable.path())) {
            return Optional.empty();
        }
        for (Role role : Role.values()) {
            if (given.containsKey(role)
                    ? given.get(role).equals(variable.variable())
                    : recognised(role, variable)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    private static boolean recognised(Role role, VariableDescriptor variable) {
        Optional<String> standard = variable.attribute("standard_name").map(Attribute::text);
        if (standard.isPresent()) {
            return standard.get().equals(STANDARD.get(role));
        }
        String name = variable.variable().toLowerCase(Locale.ROOT);
        return COMMON.get(role).contains(name.substring(name.lastIndexOf('/') + 1));
    }

    private boolean fromWantedFile(String path) {
        if (files.isEmpty()) {
            return true;
        }
        java.nio.file.Path name = java.nio.file.Path.of(path).getFileName();
        return name != null
                && files.stream()
                        .anyMatch(
                                glob ->
                                        name.getFileSystem()
                                                .getPathMatcher("glob:" + glob)
                                                .matches(name));
    }
}
