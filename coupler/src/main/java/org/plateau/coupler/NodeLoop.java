package org.plateau.coupler;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.plateau.bridge.Session;

/**
 * The life of one node: drain, wait at the doorbell, look for stop and finish now and then.
 *
 * <p>Run by one thread; {@link #finish}, {@link #terminate} and {@link #requestStop} may be called
 * from others.
 */
final class NodeLoop implements Runnable {
    private static final long HELD_PAUSE = 20_000_000;
    private static final long SAVE_EVERY = 5_000_000_000L;

    /** So long after the last record a burst is over. */
    private static final long SETTLED = 5_000_000;

    private final Session session;
    private final Drain drain;
    private final Account account;
    private final Path finishFile;
    private final Path terminateFile;
    private final Path stopFile;
    private final long lookEvery;
    private final Consumer<List<RingFill>> fills;
    private long nextLook = System.nanoTime();
    private long nextSave = System.nanoTime() + SAVE_EVERY;
    private long lastSegment = -1;
    private volatile boolean finishing;
    private volatile boolean terminating;
    private volatile boolean stop;
    private volatile boolean done;

    /**
     * @param stopFile whose presence asks for a stop
     * @param fills is told, about as often as stop is looked for, how full the rings are; must not
     *     wait
     */
    NodeLoop(
            Session session,
            Drain drain,
            Account account,
            Path stopFile,
            Duration lookEvery,
            Consumer<List<RingFill>> fills) {
        this.session = session;
        this.drain = drain;
        this.account = account;
        this.stopFile = stopFile;
        finishFile = session.directory().resolve("finish");
        terminateFile = session.directory().resolve("coupler.terminate");
        this.lookEvery = lookEvery.toNanos();
        this.fills = fills;
    }

    @Override
    public void run() {
        do {
            while (!over()) {
                step();
            }
            drain.look(); // a writer may have come since
        } while (!over());
        while (drain.step() > 0) {
            continue;
        }
        drain.sweep();
        drain.close();
        account.save();
        done = true;
    }

    private boolean over() {
        return terminating || (finishing && drain.empty());
    }

    /** A new ring is taken up at once, also while others have records without end. */
    private void step() {
        long moved = drain.step();
        saveAtNewSegment();
        if (moved == 0) {
            look();
            rest();
        } else if (session.rung() || System.nanoTime() - nextLook >= 0) {
            look();
        }
    }

    /**
     * Pages are made ready between bursts only: within one, or while the relays send, whoever
     * appends needs the processor more, and the kernel's write makes fresh pages for less.
     */
    private void rest() {
        if (!drain.held() && drain.sinceLastAppend() < SETTLED) {
            session.await(SETTLED);
        } else if (drain.makeReady() == 0) {
            pause();
        }
    }

    private void pause() {
        if (drain.held()) {
            LockSupport.parkNanos(HELD_PAUSE);
        } else if (!over()) {
            session.await(lookEvery);
        }
    }

    private void look() {
        long now = System.nanoTime();
        drain.look();
        if (now - nextLook < 0) {
            return;
        }
        nextLook = now + lookEvery;
        fills.accept(drain.fill());
        drain.sweep();
        lookForFiles();
        // What the account has counted makes room; a full queue must not wait for that.
        if (now - nextSave >= 0 || drain.held()) {
            nextSave = now + SAVE_EVERY;
            account.save();
        }
    }

    /** What has been counted of a segment is not kept from being used again. */
    private void saveAtNewSegment() {
        long segment = drain.segmentsBegun();
        if (segment != lastSegment) {
            lastSegment = segment;
            account.save();
        }
    }

    private void lookForFiles() {
        boolean wanted = stop || Files.exists(stopFile);
        if (wanted != session.stopRequested()) {
            session.requestStop(wanted);
        }
        finishing = finishing || Files.exists(finishFile);
        terminating = terminating || Files.exists(terminateFile);
    }

    /** Ends the loop once every writer is gone and everything is in the queue. */
    void finish() {
        finishing = true;
    }

    /** Ends the loop as soon as what is there now is in the queue. */
    void terminate() {
        terminating = true;
    }

    /** Raises or lowers the stop flag of the session on behalf of another node. */
    void requestStop(boolean wanted) {
        stop = wanted;
    }

    boolean stopRequested() {
        return session.stopRequested();
    }

    boolean finishing() {
        return finishing || terminating;
    }

    boolean terminating() {
        return terminating;
    }

    /** Whether the loop has ended, and well: one that failed is never done. */
    boolean done() {
        return done;
    }
}
