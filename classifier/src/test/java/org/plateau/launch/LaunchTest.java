package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.coupler.Directories;

/**
 * Two commands at once, a session that goes, orders that come early or twice: a launch over a real
 * session, whose coupler and classifier are shell scripts that do what the launch sees of them.
 */
@Timeout(120)
class LaunchTest {
    private static final Duration LONG = Duration.ofMinutes(30);

    /** Ends when the end is announced, and leaves its account. */
    private static final String COUPLER =
            """
            #!/bin/bash
            until [ -e %s/finish ]; do sleep 0.02; done
            echo '{"host": "here", "total": {"open": 0}}' >%s/coupler-here.json
            """;

    /** Ends when nothing follows, and says that it has used everything. */
    private static final String CLASSIFIER =
            """
            #!/bin/bash
            until [ -e %s/end.json ]; do sleep 0.02; done
            [ -e %1$s/hang ] && exec sleep 1000
            echo '{"state": "ended"}' >%1$s/status.json
            """;

    @TempDir Path folder;

    private final StringWriter said = new StringWriter();
    private Path session;
    private Path run;
    private Map<String, String> environment;
    private LaunchSettings settings;
    private boolean over;
    private Runnable onceMade = () -> {};

    private final Beginner beginner =
            new Beginner() {
                @Override
                public long owner() {
                    return ProcessHandle.current().pid();
                }

                @Override
                public void made(Path directory) {
                    onceMade.run();
                }

                @Override
                public boolean over() {
                    return over;
                }
            };

    @BeforeEach
    void makeAHome() throws IOException {
        session = folder.resolve("session");
        run = folder.resolve("run");
        script("home/slurm/node.sh", COUPLER.formatted(session, run));
        script("home/slurm/bin/plateau", CLASSIFIER.formatted(run));
        script("home/slurm/watchdog.sh", "#!/bin/sh\nexec sleep 1000\n");
        environment = new HashMap<>();
        environment.put("PLATEAU_HOME", folder.resolve("home").toString());
        environment.put("PLATEAU_COUPLER_MPIRUN", folder.resolve("mpirun").toString());
        settings("settle: 0 s");
    }

    @AfterEach
    void endAll() {
        for (String part : List.of("coupler", "classifier", "watchdog")) {
            Part.find(part, folder.resolve("log"), session).ifPresent(Part::kill);
        }
    }

    private void script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(Files.writeString(file, text).toFile().setExecutable(true));
    }

    private void settings(String ofSession) throws IOException {
        Path file = folder.resolve("plateau.yaml");
        Files.writeString(
                file,
                "run: {directory: %s}\nhook: {writers: 0}\nsession: {%s}\nqueue: {directory: %s}\n"
                        .formatted(run, ofSession, folder.resolve("queue")));
        settings = LaunchSettings.load(file, null);
    }

    private Launch begin() {
        JobNodes nodes = new JobNodes("here", "here", List.of("here"));
        PrintWriter messages = new PrintWriter(said, true);
        return Launch.begin(settings, nodes, session, environment, beginner, messages);
    }

    private Launch find() {
        return Launch.find(session, environment, new PrintWriter(said, true));
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private boolean gone(String part) {
        return Part.find(part, folder.resolve("log"), session).isEmpty();
    }

    @Test
    void aPartThatEndsBecauseAnotherCommandAnnouncesTheEndIsNotStartedAgain() throws Exception {
        Launch launch = begin();

        Files.createFile(session.resolve("finish"));
        eventually(() -> gone("coupler"));
        launch.look();

        assertFalse(said.toString().contains("started again"), said.toString());
        launch.end(LONG);
        assertFalse(Files.exists(session));
    }

    @Test
    void whereTheSupervisorIsDeadAnotherCommandEndsTheLaunchThatItFinds() {
        begin();

        find().end(LONG);

        assertFalse(said.toString().contains("started again"), said.toString());
        assertFalse(Files.exists(session));
        assertTrue(new RunFiles(run).ended());
    }

    @Test
    void anEndThatIsOrderedWhileThePartsSettleIsNotKeptWaiting() throws Exception {
        settings("settle: 30 min");
        over = true;

        begin().end(LONG);

        assertFalse(Files.exists(session));
    }

    @Test
    void aLaunchCannotBeFoundBeforeWhoeverHasBegunItCan() {
        boolean[] early = new boolean[1];
        onceMade = () -> early[0] = Files.exists(session.resolve("launch.json"));

        begin().end(LONG);

        assertFalse(early[0]);
    }

    @Test
    void aSecondStartLeavesAloneWhatTheFirstHasWritten() throws Exception {
        Launch first = begin();
        for (String name : List.of("status.json", "coupler-there.json", "node-there.json")) {
            Files.writeString(run.resolve(name), "{}");
        }

        LaunchException refused = assertThrows(LaunchException.class, this::begin);

        assertTrue(refused.getMessage().contains("found one in use"), refused.getMessage());
        for (String name : List.of("status.json", "coupler-there.json", "node-there.json")) {
            assertTrue(Files.exists(run.resolve(name)), name);
        }
        first.end(LONG);
    }

    @Test
    void aSessionWhoseRingsAreJustBeingMadeIsInUse() throws Exception {
        Files.createDirectory(session);
        Path ring = Files.createFile(session.resolve("spare.00"));

        assertThrows(SessionTakenException.class, this::begin);

        assertTrue(Files.exists(ring));
    }

    @Test
    void ofTwoThatBeginAtOnceOneHasTheSession() throws Exception {
        CompletableFuture<Launch> one = CompletableFuture.supplyAsync(this::begin);
        CompletableFuture<Launch> other = CompletableFuture.supplyAsync(this::begin);
        CompletableFuture.allOf(one, other).exceptionally(e -> null).join();

        assertTrue(one.isCompletedExceptionally() ^ other.isCompletedExceptionally());
        Launch winner = one.isCompletedExceptionally() ? other.join() : one.join();
        assertFalse(gone("coupler") || gone("classifier"));
        winner.end(LONG);
        assertFalse(Files.exists(session));
    }

    @Test
    void aRunWhoseSessionSomebodyRemovedStillEndsAndSaysSo() {
        Launch launch = begin();
        Part coupler = Part.find("coupler", folder.resolve("log"), session).orElseThrow();
        Directories.remove(session);

        launch.look();
        launch.end(LONG);

        assertTrue(said.toString().contains("it is gone"), said.toString());
        assertFalse(said.toString().contains("started again"), said.toString());
        assertTrue(coupler.await(LONG), "nobody else would end the coupler");
        assertTrue(new RunFiles(run).ended());
    }

    @Test
    void hasteShortensAnEndThatIsUnderWay() throws Exception {
        Files.createDirectories(run);
        Files.createFile(run.resolve("hang"));
        Launch launch = begin();
        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> launch.end(LONG));
        eventually(() -> Files.exists(run.resolve("end.json")));

        launch.hurry(Duration.ofMillis(100));

        end.get();
        assertTrue(said.toString().contains("the classifier was not done"), said.toString());
    }

    @Test
    void aSupervisorThatEndsTheRunHearsOfASecondOrderThatLeavesLessTime() throws Exception {
        Files.createDirectories(run);
        Files.createFile(run.resolve("hang"));
        onceMade = () -> Supervisor.beginner(0, session).made(session);
        Launch launch = begin();
        CompletableFuture<Void> life = CompletableFuture.runAsync(() -> Supervisor.watch(launch));
        Files.writeString(session.resolve("end"), "1800");
        eventually(() -> Files.exists(run.resolve("end.json")));

        Files.writeString(session.resolve("end"), "0");

        life.get();
        assertTrue(said.toString().contains("the classifier was not done"), said.toString());
        assertFalse(Files.exists(session));
    }

    /** It dies once it has one account, is started again, and has both. */
    @Test
    void aCouplerIsNotDoneBeforeItHasLeftTheAccountOfEveryNode() throws Exception {
        String second = "cp %1$s/coupler-here.json %1$s/coupler-there.json".formatted(run);
        script(
                "home/slurm/node.sh",
                COUPLER.formatted(session, run) + "mkdir " + run + "/once && exit 1\n" + second);
        script("home/slurm/agent.sh", "#!/bin/sh\n");
        script("mpirun", "#!/bin/sh\necho 'mpirun (Open MPI) 4.1.4'\n");
        JobNodes nodes = new JobNodes("here", "here", List.of("here", "there"));
        over = true; // nobody waits for the other node
        PrintWriter messages = new PrintWriter(said, true);
        Launch launch = Launch.begin(settings, nodes, session, environment, beginner, messages);

        launch.end(LONG);

        assertEquals(2, new RunFiles(run).couplerAccounts().size(), said.toString());
    }
}
