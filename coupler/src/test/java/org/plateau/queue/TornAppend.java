package org.plateau.queue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.plateau.message.RecordWriter;

/** A process that appends some records to a queue and dies while it copies the next. */
final class TornAppend {
    private TornAppend() {}

    /** Runs it; the answer is its exit code, 9 as after a kill. */
    static int inItsOwnProcess(Path directory, int records) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        command.add("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(TornAppend.class.getName(), directory.toString(), "" + records));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        int records = Integer.parseInt(arguments[1]);
        RecordQueue queue = RecordQueue.open(directory, QueueSettings.in(directory));
        RecordWriter writer = new RecordWriter();
        for (int i = 1; i <= records; i++) {
            queue.append(writer.data(7, i).payload(1f).build());
        }
        queue.close();
        SingleChronicleQueue chronicle =
                SingleChronicleQueueBuilder.binary(directory)
                        .blockSize(RecordQueue.BLOCK)
                        .rollCycle(Segments.CYCLE)
                        .timeProvider(() -> 0)
                        .build();
        ExcerptAppender appender = chronicle.createAppender();
        DocumentContext context = appender.writingDocument();
        // Floats of 1: read as a header, they are that of a whole message of almost 1 GiB.
        for (int i = 0; i < 100_000; i++) {
            context.wire().bytes().writeLong(0x3f800000_3f800000L);
        }
        Runtime.getRuntime().halt(9);
    }
}
