package org.plateau.doctor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that answer what a test tells them to. */
final class MadeUpPrograms implements Programs {
    private final Map<String, Answer> answers = new HashMap<>();

    MadeUpPrograms with(String name, int code, String text) {
        answers.put(name, new Answer(code, text));
        return this;
    }

    @Override
    public Optional<Path> find(String name) {
        return answers.containsKey(name) ? Optional.of(Path.of(name)) : Optional.empty();
    }

    @Override
    public Answer run(List<String> command) {
        return answers.get(command.get(0));
    }
}
