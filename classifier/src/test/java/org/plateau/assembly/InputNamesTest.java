package org.plateau.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.ElementType;
import org.plateau.message.VariableDescriptor;
import org.plateau.settings.SettingsFile;

class InputNamesTest {
    @TempDir private Path folder;

    private InputNames names(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), text);
        return InputNames.read(SettingsFile.load(file).section("input"));
    }

    private static Optional<Role> role(InputNames names, String name, String standardName) {
        List<Dimension> dimensions =
                List.of(
                        new Dimension("time", 0, true),
                        new Dimension("lev", 3, false),
                        new Dimension("cell", 40, false));
        List<Attribute> attributes =
                standardName.isEmpty()
                        ? List.of()
                        : List.of(Attribute.text("standard_name", standardName));
        return names.role(
                new VariableDescriptor(
                        "/r/a.nc",
                        name,
                        Optional.of(ElementType.FLOAT),
                        dimensions,
                        attributes,
                        List.of()));
    }

    @Test
    void theStandardNameDecidesBeforeThePreset() throws IOException {
        InputNames names = names("model: dynamico\n");
        assertEquals(Optional.of(Role.TEMPERATURE), role(names, "X17", "air_temperature"));
        assertEquals(Optional.empty(), role(names, "T", "sea_water_temperature"));
        assertEquals(Optional.of(Role.TEMPERATURE), role(names, "T", ""));
        assertEquals(Optional.of(Role.EASTWARD_WIND), role(names, "ulon", ""));
    }

    @Test
    void withAPresetTheUsualNamesOfOtherModelsDoNotCount() throws IOException {
        assertEquals(Optional.empty(), role(names("model: isca\n"), "T", ""));
        assertEquals(Optional.of(Role.TEMPERATURE), role(InputNames.AUTOMATIC, "T", ""));
    }

    @Test
    void aNameThatTheUserGivesDecidesAlone() throws IOException {
        InputNames names = names("model: dynamico\ninput: {temperature: theta}\n");
        assertEquals(Optional.of(Role.TEMPERATURE), role(names, "theta", ""));
        assertEquals(Optional.empty(), role(names, "T", "air_temperature"));
        assertEquals(Optional.of(Role.NORTHWARD_WIND), role(names, "V", ""));
    }
}
