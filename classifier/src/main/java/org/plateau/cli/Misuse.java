package org.plateau.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command line that cannot be understood lacks or has too much of. */
final class Misuse {
    private Misuse() {}

    /** What was expected and what came, in one line. */
    static String text(CommandLine.ParameterException e) {
        if (e instanceof CommandLine.UnmatchedArgumentException more) {
            return unmatched(more);
        }
        if (e instanceof CommandLine.MissingParameterException less
                && e.getMessage().startsWith("Missing required option")) {
            return "expected " + names(less.getMissing()) + ", found none";
        }
        if (e instanceof CommandLine.MissingParameterException less
                && e.getMessage().startsWith("Missing required param")
                && less.getMissing().stream().noneMatch(ArgSpec::isOption)) {
            return "expected " + names(less.getMissing()) + ", found none";
        }
        return ErrorText.of(e);
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        CommandLine line = e.getCommandLine();
        String expected =
                e.isUnknownOption()
                        ? "one of the options"
                        : line.getSubcommands().isEmpty() ? "no further word" : "a command";
        List<String> near = e.getSuggestions();
        boolean options = near.stream().allMatch(name -> name.startsWith("-"));
        return "expected "
                + expected
                + ", found '"
                + first
                + "'"
                + (near.isEmpty() || options != e.isUnknownOption()
                        ? ""
                        : "; did you mean " + String.join(" or ", near) + "?");
    }

    private static String names(List<ArgSpec> missing) {
        return missing.stream().map(Misuse::name).collect(Collectors.joining(" and "));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }
}
