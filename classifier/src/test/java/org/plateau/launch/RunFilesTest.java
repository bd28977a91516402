package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
    @TempDir private Path directory;

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void theStateOfAnEarlierSegmentNeverPassesForThatOfThisOne() throws IOException {
        RunFiles files = new RunFiles(directory);
        for (String name : new String[] {"status.json", "summary.json"}) {
            write(name, "{\"state\":\"ended\",\"run_verdict\":\"not equilibrated\"}");
        }
        write("events.jsonl", "{}\n");
        assertTrue(files.ended());
        files.prepare();
        assertFalse(files.ended());
        assertFalse(Files.exists(files.status()), "nothing can answer for this run yet");
        assertTrue(Files.exists(directory.resolve("events.jsonl")), "its history stays");
    }

    @Test
    void whatAnOrderFromBeforeWillDoIsSaidAndAVetoFirst() throws IOException {
        RunFiles files = new RunFiles(directory);
        assertEquals(Optional.empty(), files.earlierOrder());
        write("decision.json", "{}");
        assertTrue(files.earlierOrder().orElseThrow().contains("will be stopped again"));
        write("veto", "{}");
        String said = files.earlierOrder().orElseThrow();
        assertTrue(said.contains("nothing stops this run") && said.contains("resume"), said);
        assertEquals(1, said.lines().count());
    }

    @Test
    void aNodeWhoseAccountCannotBeReadHasNotHandedOnWhatItHad() throws IOException {
        RunFiles files = new RunFiles(directory);
        write("coupler-a.json", "{\"host\": \"a\", \"total\": {\"open\": 0}}");
        write("coupler-b.json", "{\"host\": \"b\", \"total\": {}, \"lost\": true}");
        assertEquals(1, files.handedOn());
        write("coupler-a.json", "{\"host\"");
        assertEquals(0, files.handedOn());
    }
}
