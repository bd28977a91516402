package org.plateau.tests;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Slurm} of the whole test run, started when it is first wanted. */
final class SharedSlurm implements ParameterResolver {
    private static final Namespace SPACE = Namespace.create(SharedSlurm.class);

    private record Running(Slurm slurm) implements AutoCloseable {
        static Running start() {
            try {
                return new Running(Slurm.start());
            } catch (Exception e) {
                throw new IllegalStateException("Slurm does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            slurm.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Slurm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent("slurm", key -> Running.start(), Running.class)
                .slurm();
    }
}
