package org.plateau.queue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plateau.message.RecordName;

/** A process that appends, reads and releases records as fast as it can until it is killed. */
final class AppendingProcess {
    private static final long MIB = 1 << 20;

    private AppendingProcess() {}

    static QueueSettings settings(Path directory) {
        return new QueueSettings(directory, 256 * MIB, MIB, 0);
    }

    static Process start(Path directory) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        command.add("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        command.add("-Djava.library.path=" + System.getProperty("java.library.path"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(AppendingProcess.class.getName(), directory.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolveSibling("appending.log").toFile())
                .start();
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        RecordStream stream = new RecordStream();
        try (RecordQueue queue = RecordQueue.open(directory, settings(directory));
                RecordTailer tailer = queue.tailer("t")) {
            long next = 1 + queue.lastDrained().map(RecordName::sequence).orElse(0L);
            tailer.moveTo(tailer.released() + 1);
            while (true) {
                queue.append(stream.record(next++));
                ByteBuffer found = tailer.poll();
                stream.check(stream.numberOf(found), found);
                tailer.released(tailer.index());
            }
        }
    }
}
