package org.plateau.cli;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.plateau.runcontrol.Orders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau veto}, {@code stop} and {@code resume}: what a person orders. */
final class ControlCommands {

    private ControlCommands() {}

    /** What the three have in common. */
    abstract static class Order implements Callable<Integer> {
        @Mixin private RunDirectory run;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Goes into the audit.")
        private String reason = "";

        @Spec private CommandSpec spec;

        abstract String carryOut(Orders orders, String why) throws IOException;

        @Override
        public Integer call() throws IOException {
            String user = System.getProperty("user.name");
            Orders orders = new Orders(run.existing(), user, Clock.systemUTC());
            spec.commandLine().getOut().println(carryOut(orders, reason));
            return 0;
        }
    }

    /** Forbids every stop until {@code resume}. */
    @Command(
            name = "veto",
            description = "Forbids any stop of a run until plateau resume.",
            mixinStandardHelpOptions = true)
    static final class Veto extends Order {
        @Override
        String carryOut(Orders orders, String why) throws IOException {
            return orders.veto(why);
        }
    }

    /** Orders the stop, whatever the verdicts. */
    @Command(
            name = "stop",
            description = "Stops a run through its adapters, whatever the verdicts say.",
            mixinStandardHelpOptions = true)
    static final class Stop extends Order {
        @Override
        String carryOut(Orders orders, String why) throws IOException {
            return orders.stop(why);
        }
    }

    /** Lifts a veto and takes back a stop that the model has not followed yet. */
    @Command(
            name = "resume",
            description =
                    "Lifts a veto, and takes back a stop that the model has not yet followed.",
            mixinStandardHelpOptions = true)
    static final class Resume extends Order {
        @Override
        String carryOut(Orders orders, String why) throws IOException {
            return orders.resume(why);
        }
    }
}
