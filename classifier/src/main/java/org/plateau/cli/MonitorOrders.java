package org.plateau.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.plateau.monitor.Actions;
import org.plateau.runcontrol.ControlFiles;

/**
 * What a person orders on the monitor's page, as the same files that {@code plateau veto}, {@code
 * stop} and {@code resume} write; run control notes them in the audit.
 */
final class MonitorOrders implements Actions {
    private final ControlFiles files;
    private final Clock clock;

    MonitorOrders(Path runDirectory, Clock clock) {
        this.files = new ControlFiles(runDirectory);
        this.clock = clock;
    }

    @Override
    public void veto(String reason) throws IOException {
        files.write(ControlFiles.VETO, order(reason));
        files.remove(ControlFiles.FLAG);
    }

    /**
     * @throws IllegalArgumentException if the run is under a veto
     */
    @Override
    public void stop(String reason) throws IOException {
        if (files.has(ControlFiles.VETO)) {
            throw new IllegalArgumentException("the run is under a veto; resume lifts it");
        }
        files.write(ControlFiles.STOP, order(reason));
    }

    @Override
    public void resume(String reason) throws IOException {
        files.write(ControlFiles.RESUME, order(reason));
        for (String name : List.of(ControlFiles.FLAG, ControlFiles.STOP, ControlFiles.VETO)) {
            files.remove(name);
        }
    }

    private ObjectNode order(String reason) {
        ObjectNode order = new ObjectMapper().createObjectNode();
        order.put("by", System.getProperty("user.name") + " (monitor)");
        order.put("wall", clock.instant().toString());
        order.put("reason", reason);
        return order;
    }
}
