package org.plateau.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The shared libraries that the loader would bring in for a program, as {@code ldd} lists them.
 *
 * @param netcdf those of netCDF, with the file that is taken
 * @param missing names of those that are not found
 */
record LoadedLibraries(List<String> netcdf, List<String> missing) {
    private static final String NOT_FOUND = " => not found";

    static LoadedLibraries of(Path program, Programs programs) {
        Optional<Path> ldd = programs.find("ldd");
        if (ldd.isEmpty()) {
            return new LoadedLibraries(List.of(), List.of());
        }
        Programs.Answer answer =
                programs.run(List.of(ldd.get().toString(), program.toAbsolutePath().toString()));
        List<String> lines = answer.text().lines().map(String::strip).toList();
        List<String> missing =
                lines.stream()
                        .filter(line -> line.endsWith(NOT_FOUND))
                        .map(line -> line.substring(0, line.length() - NOT_FOUND.length()))
                        .distinct()
                        .toList();
        List<String> netcdf =
                lines.stream()
                        .filter(line -> line.startsWith("libnetcdf") && line.contains(" => /"))
                        .map(line -> line.replaceFirst("^.* => ", "").replaceFirst(" \\(.*", ""))
                        .toList();
        return new LoadedLibraries(netcdf, missing);
    }
}
