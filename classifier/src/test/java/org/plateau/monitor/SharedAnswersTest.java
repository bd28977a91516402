package org.plateau.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SharedAnswersTest {
    private final Answers answers = new Answers();

    @Test
    void fiftyWhoAskTheSameAtOnceGetWhatWasMadeOnce() throws IOException {
        AtomicInteger made = new AtomicInteger();
        Set<byte[]> given = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50)
                .parallel()
                .forEach(
                        k -> given.add(answers.to("q", () -> new IntNode(made.incrementAndGet()))));
        assertEquals(1, made.get());
        assertEquals(1, given.size());
        byte[] packed = given.iterator().next();
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        assertEquals("1", new String(plain, StandardCharsets.UTF_8));
    }

    @Test
    void aRefusedAnswerIsTriedAgain() {
        assertThrows(
                Saliency.BusyException.class,
                () ->
                        answers.to(
                                "q",
                                () -> {
                                    throw new Saliency.BusyException();
                                }));
        byte[] answer = answers.to("q", () -> new IntNode(3));
        assertSame(answer, answers.to("q", () -> new IntNode(4)));
    }

    @Test
    void moreQuestionsThanAreKeptAreStillAnswered() {
        for (int k = 0; k < 5000; k++) {
            int number = k;
            byte[] answer = answers.to("q" + k, () -> new IntNode(number));
            assertArrayEquals(
                    Snapshot.gzip(Integer.toString(k).getBytes(StandardCharsets.UTF_8)), answer);
        }
    }

    @Test
    void piecesPackedByThemselvesMakeOneStreamWhateverCameBefore() throws IOException {
        String[] pieces = {"first\n", "a longer one ".repeat(5000), "", "last\n"};
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(PackedText.head());
        for (String piece : new String[] {pieces[3], pieces[1], pieces[2], pieces[1], pieces[0]}) {
            stream.write(PackedText.piece(piece));
        }
        String expected = pieces[3] + pieces[1] + pieces[1] + pieces[0];
        GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stream.toByteArray()));
        byte[] plain = in.readNBytes(expected.length());
        assertEquals(expected, new String(plain, StandardCharsets.UTF_8));
    }
}
