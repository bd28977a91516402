package org.plateau.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the coupler's Open MPI and its Java bindings are there. */
public final class MpiCheck implements Check {
    private static final String WHERE =
            "install Open MPI and name its mpirun with PLATEAU_COUPLER_MPIRUN (slurm/env.sh)";

    private final String mpirun;
    private final Programs programs;
    private final boolean bindings;
    private final List<Path> libraries;

    /**
     * @param mpirun that starts the coupler, a path or a name on the PATH
     * @param bindings whether the classes of the package mpi are on the class path
     * @param libraries folders in which Java looks for native libraries
     */
    public MpiCheck(String mpirun, Programs programs, boolean bindings, List<Path> libraries) {
        this.mpirun = mpirun;
        this.programs = programs;
        this.bindings = bindings;
        this.libraries = libraries;
    }

    @Override
    public List<Finding> findings() {
        return List.of(launcher(), classes(), library());
    }

    private Finding launcher() {
        Optional<Path> program = programs.find(mpirun);
        if (program.isEmpty()) {
            return Finding.problem("the coupler's mpirun, " + mpirun + ", is not there", WHERE);
        }
        Programs.Answer answer = programs.run(List.of(program.get().toString(), "--version"));
        String version = answer.firstLine();
        return answer.code() == 0 && version.contains("Open MPI")
                ? Finding.ok("the coupler starts with " + program.get() + ", " + version)
                : Finding.problem(
                        program.get() + ": expected Open MPI's mpirun, it says '" + version + "'",
                        WHERE);
    }

    private Finding classes() {
        return bindings
                ? Finding.ok("Open MPI's Java classes are on the class path")
                : Finding.problem(
                        "Open MPI's Java classes are not on the class path",
                        "build them with slurm/setup.sh");
    }

    private Finding library() {
        return libraries.stream()
                .map(folder -> folder.resolve("libmpi_java.so"))
                .filter(Files::isReadable)
                .findFirst()
                .map(file -> Finding.ok("Open MPI's Java bindings use " + file))
                .orElseGet(
                        () ->
                                Finding.problem(
                                        "libmpi_java.so is in none of the library folders",
                                        "use an Open MPI configured with --enable-mpi-java"
                                                + " (Debian: libopenmpi3), or add its folder to"
                                                + " LD_LIBRARY_PATH"));
    }
}
