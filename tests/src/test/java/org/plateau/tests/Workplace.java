package org.plateau.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test an empty directory as its {@link Path} parameter and removes it afterwards, unless
 * the test failed: then it is the evidence.
 */
final class Workplace implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace SPACE = Namespace.create(Workplace.class);

    /** The top of Plateau's tree. */
    static Path home() {
        return Path.of(System.getenv("PLATEAU_HOME"));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Path directory = directory(context);
        if (context.getExecutionException().isEmpty()) {
            remove(directory);
        } else {
            System.err.println("evidence is kept in " + directory);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Path.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return directory(context);
    }

    private static Path directory(ExtensionContext context) {
        return context.getStore(SPACE)
                .getOrComputeIfAbsent(context.getUniqueId(), id -> make(context), Path.class);
    }

    private static Path make(ExtensionContext context) {
        String name =
                context.getRequiredTestClass().getSimpleName()
                        + "/"
                        + context.getRequiredTestMethod().getName()
                        + context.getDisplayName().replaceAll("[^0-9]", "");
        Path directory = home().resolve("tests/target/work").resolve(name);
        try {
            remove(directory);
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void remove(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
