package org.plateau.assembly;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plateau.message.Attribute;
import org.plateau.message.VariableDescriptor;
import org.plateau.settings.SettingsNode;

/**
 * Section {@code input}, in part: which variables are temperature and wind. Names that the user
 * gives decide alone. Otherwise CF's {@code standard_name} does where a variable has one, then the
 * names of the model's preset, and without those the names that models often give them.
 *
 * @param given names of the variable per role, where the user gives any
 * @param preset names of the variable per role, where the model's preset gives any
 * @param written variables from which metrics of the column are made, where the settings name them:
 *     by the variable's name, what it counts as
 * @param standard CF standard names from which metrics of the column are made
 * @param files glob patterns of file names to take inputs from; empty: every file
 * @param operation the {@code online_operation} to take; empty: that of the first field that comes
 * @param meaning what the fields are
 */
public record InputNames(
        Map<Role, List<String>> given,
        Map<Role, List<String>> preset,
        Map<String, String> written,
        Set<String> standard,
        List<String> files,
        String operation,
        InputMeaning meaning) {
    private static final Map<Role, String> STANDARD =
            Map.of(
                    Role.TEMPERATURE, "air_temperature",
                    Role.EASTWARD_WIND, "eastward_wind",
                    Role.NORTHWARD_WIND, "northward_wind");

    /** Standard names of winds along the grid's own directions. */
    static final Map<Role, List<String>> GRID_RELATIVE =
            Map.of(
                    Role.EASTWARD_WIND, List.of("x_wind", "grid_eastward_wind"),
                    Role.NORTHWARD_WIND, List.of("y_wind", "grid_northward_wind"));

    private static final Map<Role, List<String>> COMMON =
            Map.of(
                    Role.TEMPERATURE, List.of("t", "temp", "temperature", "ta"),
                    Role.EASTWARD_WIND, List.of("u", "ulon", "ua", "ucomp", "vitu"),
                    Role.NORTHWARD_WIND, List.of("v", "ulat", "va", "vcomp", "vitv"));

    /** Recognises everything by itself. */
    public static final InputNames AUTOMATIC =
            new InputNames(
                    Map.of(), Map.of(), Map.of(), Set.of(), List.of(), "", InputMeaning.AUTOMATIC);

    public static InputNames read(SettingsNode input) {
        Map<Role, List<String>> given = new EnumMap<>(Role.class);
        Map<Role, List<String>> preset = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            List<String> names = input.texts(role.key(), List.of());
            if (!names.isEmpty()) {
                (input.fromPreset(role.key()) ? preset : given).put(role, names);
            }
        }
        return new InputNames(
                given,
                preset,
                fluxes(input.section("fluxes")),
                Set.of(),
                input.texts("files", List.of()),
                input.text("operation", ""),
                InputMeaning.read(input));
    }

    private static Map<String, String> fluxes(SettingsNode section) {
        Map<String, String> fluxes = new LinkedHashMap<>();
        section.keys().forEach(standard -> fluxes.put(section.text(standard, ""), standard));
        return fluxes;
    }

    /**
     * The same with variables from which metrics of the column are made.
     *
     * @param variables names of variables that a person asked for, which count as themselves
     * @param standardNames CF standard names
     */
    public InputNames with(Set<String> variables, Set<String> standardNames) {
        Map<String, String> all = new LinkedHashMap<>(written);
        variables.forEach(name -> all.put(name, name));
        return new InputNames(given, preset, all, standardNames, files, operation, meaning);
    }

    /** What a variable counts as in the metrics of the column, if it does. */
    public Optional<String> written(VariableDescriptor variable) {
        String named = written.get(variable.variable());
        if (named != null) {
            return Optional.of(named).filter(n -> fromWantedFile(variable.path()));
        }
        return variable.attribute("standard_name")
                .map(Attribute::text)
                .filter(standard::contains)
                .filter(n -> fromWantedFile(variable.path()));
    }

    /** Whether a variable is named for a role, by the user or the preset. */
    public boolean names(Role role) {
        return given.containsKey(role) || preset.containsKey(role);
    }

    /** The role of a variable, if it has one. */
    public Optional<Role> role(VariableDescriptor variable) {
        if (variable.dimensions().size() < 2 || !fromWantedFile(variable.path())) {
            return Optional.empty();
        }
        for (Role role : Role.values()) {
            if (given.containsKey(role)
                    ? given.get(role).contains(base(variable))
                    : recognised(role, variable)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    private boolean recognised(Role role, VariableDescriptor variable) {
        if (!Role.OF_MAPS.contains(role)) {
            return preset.containsKey(role) && preset.get(role).contains(base(variable));
        }
        Optional<String> standard = variable.attribute("standard_name").map(Attribute::text);
        if (standard.isPresent()) {
            return standard.get().equals(STANDARD.get(role))
                    || GRID_RELATIVE.getOrDefault(role, List.of()).contains(standard.get())
                    || role == Role.TEMPERATURE
                            && standard.get().equals("air_potential_temperature");
        }
        return preset.containsKey(role)
                ? preset.get(role).contains(base(variable))
                : COMMON.get(role).contains(base(variable).toLowerCase(Locale.ROOT));
    }

    /** Name without the groups. */
    private static String base(VariableDescriptor variable) {
        return variable.variable().substring(variable.variable().lastIndexOf('/') + 1);
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
