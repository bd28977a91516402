package org.plateau.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which Java runs this, and whether the native libraries are built. */
public final class SoftwareCheck implements Check {
    private static final int OLDEST = 17;
    private static final List<String> NATIVE =
            List.of(
                    "lib/libplateau_hook.so",
                    "lib/libplateau_bridge.so",
                    "lib/libplateau.so",
                    "bin/plateau-inspect");

    private final int javaVersion;
    private final Path javaHome;
    private final Path nativeBuild;

    /**
     * @param javaVersion feature number, such as 17
     * @param nativeBuild the folder native/build
     */
    public SoftwareCheck(int javaVersion, Path javaHome, Path nativeBuild) {
        this.javaVersion = javaVersion;
        this.javaHome = javaHome;
        this.nativeBuild = nativeBuild;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        String java = "Java " + javaVersion + " in " + javaHome;
        found.add(
                javaVersion >= OLDEST
                        ? Finding.ok(java)
                        : Finding.problem(
                                java + ", expected " + OLDEST + " or newer",
                                "set JAVA_HOME (slurm/env.sh)"));
        List<String> missing =
                NATIVE.stream()
                        .filter(name -> !Files.isReadable(nativeBuild.resolve(name)))
                        .toList();
        found.add(
                missing.isEmpty()
                        ? Finding.ok("hook, bridge and model API are built in " + nativeBuild)
                        : Finding.problem(
                                nativeBuild + " lacks " + String.join(", ", missing),
                                "build them with make -C native, or all with slurm/setup.sh"));
        return found;
    }
}
