package org.plateau.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class UsedRoomTest {
    private final UsedRoom used = new UsedRoom();

    @Test
    void aFieldGetsTheRoomOfOneOfItsSizeThatHasBeenUsed() {
        ByteBuffer room = used.take(4000);
        assertEquals(ByteOrder.LITTLE_ENDIAN, room.order());
        room.position(7).limit(9);
        used.give(room);
        assertNotSame(room, used.take(3996));
        ByteBuffer again = used.take(4000);
        assertSame(room, again);
        assertEquals(4000, again.remaining());
        assertNotSame(room, used.take(4000));
    }

    @Test
    void beyondItsShareTheOldestGoes() {
        int size = (int) (UsedRoom.MOST / 2);
        ByteBuffer oldest = used.take(size);
        ByteBuffer second = used.take(size);
        ByteBuffer third = used.take(size);
        used.give(oldest);
        used.give(second);
        used.give(third);
        assertSame(third, used.take(size));
        assertSame(second, used.take(size));
        assertNotSame(oldest, used.take(size));
    }
}
