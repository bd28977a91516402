package org.plateau.coupler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.plateau.bridge.Ring;
import org.plateau.bridge.RingStatistics;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/**
 * One record from a ring into the queue, and one out of the queue. With {@code -prof gc} it shows
 * the garbage that a record costs ({@code gc.alloc.rate.norm}, bytes per operation).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DrainBenchmark {
    /** Values of a record, 4 bytes each. */
    @Param({"10", "524288"})
    public int floats;

    private final RecordView view = new RecordView();
    private Path folder;
    private RecordQueue queue;
    private RecordTailer tailer;
    private Account account;
    private RingDrain drain;

    /** The same record for ever, with rising numbers. */
    private static final class Endless implements Ring {
        private final ByteBuffer record;
        private final ByteBuffer view;
        private long sequence = 1;

        Endless(int floats) {
            record =
                    new RecordWriter()
                            .data(3, 1)
                            .slab(new long[] {0}, new long[] {floats})
                            .payload(new float[floats])
                            .build();
            view = record.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public long source() {
            return 3;
        }

        @Override
        public ByteBuffer poll() {
            record.putLong(24, sequence);
            return view;
        }

        @Override
        public void release() {
            sequence++;
        }

        @Override
        public boolean finished() {
            return false;
        }

        @Override
        public RingStatistics statistics() {
            return new RingStatistics(sequence - 1, 0, 0, 1, 0, 0, 0, 0);
        }

        @Override
        public void remove() {}

        @Override
        public void close() {}
    }

    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = Files.createTempDirectory(Path.of("/dev/shm"), "plateau-perf-");
        QueueSettings settings = new QueueSettings(folder, 2L << 30, 64 << 20, 0);
        queue = RecordQueue.open(folder.resolve("inbox"), settings);
        account = Account.open(folder, queue);
        tailer = queue.tailer(RecordQueue.CLASSIFIER);
        drain = new RingDrain(new Endless(floats), queue, account, queue.lastDrained());
    }

    /** Ring to queue to reader; what was read is released, as the classifier does. */
    @Benchmark
    public long record() {
        drain.step(1);
        ByteBuffer record = tailer.poll();
        long sequence = view.on(record).sequence();
        tailer.released(tailer.index());
        if (sequence % (floats > 1000 ? 256 : 100_000) == 0) {
            account.save();
        }
        return sequence;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        tailer.close();
        account.close();
        queue.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
