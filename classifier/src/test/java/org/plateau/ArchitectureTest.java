package org.plateau;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The dependency rule of docs/ARCHITECTURE.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.plateau");

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static void onlyFrom(String library, String... homes) {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(homes)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(library));
    }

    @Test
    void onlyTheQueueKnowsChronicle() {
        onlyFrom("net.openhft..", "org.plateau.queue");
    }

    @Test
    void onlyTheMonitorKnowsJetty() {
        onlyFrom("org.eclipse.jetty..", "org.plateau.monitor");
    }

    @Test
    void onlyTheRelayKnowsMpi() {
        onlyFrom("mpi..", "org.plateau.coupler.mpi");
    }

    @Test
    void onlyTheNetworksHomeKnowsDeeplearning4j() {
        onlyFrom("org.deeplearning4j..", "org.plateau.network.dl4j", "org.plateau.training");
        onlyFrom("org.nd4j..", "org.plateau.network.dl4j", "org.plateau.training");
    }

    @Test
    void onlyItsEngineKnowsOnnxRuntime() {
        onlyFrom("ai.onnxruntime..", "org.plateau.network.onnx");
        onlyFrom("com.sun.jna..", "org.plateau.network.onnx");
    }

    @Test
    void netcdfIsReadAndWrittenAtTheEdges() {
        onlyFrom(
                "ucar..",
                "org.plateau.netcdf",
                "org.plateau.results",
                "org.plateau.replay",
                "org.plateau.training",
                "org.plateau.units",
                "org.plateau.cli");
    }

    @Test
    void judgementIsPureComputation() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage("org.plateau.equilibration", "org.plateau.regimes")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.io..",
                                "java.net..",
                                "java.nio.file..",
                                "org.slf4j..",
                                "org.plateau.network..",
                                "org.plateau.queue..",
                                "org.plateau.results.."));
    }

    @Test
    void judgementKnowsNoClock() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("org.plateau.equilibration")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("java\\.time\\.(Clock|Instant|.*Date.*|.*Zone.*)")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime"));
    }

    @Test
    void theCouplerKnowsNothingOfTheClassifier() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "org.plateau.bridge..",
                                "org.plateau.coupler..",
                                "org.plateau.message..",
                                "org.plateau.queue..",
                                "org.plateau.settings..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.plateau.assembly..",
                                "org.plateau.classify..",
                                "org.plateau.cli..",
                                "org.plateau.network..",
                                "org.plateau.results.."));
    }

    @Test
    void onlyPipelineAndCommandLineReachRunControl() {
        holds(
                classes()
                        .that()
                        .resideInAPackage("org.plateau.runcontrol")
                        .should()
                        .onlyBeAccessed()
                        .byAnyPackage(
                                "org.plateau.runcontrol",
                                "org.plateau.classify",
                                "org.plateau.monitor",
                                "org.plateau.cli"));
    }
}
