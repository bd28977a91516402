package org.plateau.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.plateau.monitor.Actions;
import org.plateau.runcontrol.Orders;

/** What a person orders on the monitor's page is what the command line orders. */
final class MonitorOrders implements Actions {
    private final Orders orders;

    MonitorOrders(Path runDirectory, Clock clock) {
        orders = new Orders(runDirectory, System.getProperty("user.name") + " (monitor)", clock);
    }

    @Override
    public void veto(String reason) throws IOException {
        orders.veto(reason);
    }

    /**
     * @throws IllegalArgumentException if the run is under a veto or has ended
     */
    @Override
    public void stop(String reason) throws IOException {
        orders.stop(reason);
    }

    @Override
    public void resume(String reason) throws IOException {
        orders.resume(reason);
    }
}
