package io.tailrace.log.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetMapTest {

    private static ByteBuffer key(int number) {
        return ByteBuffer.wrap(Logs.bytes("key " + number));
    }

    @Test
    void shouldRememberTheLargestOffsetOfEachKey() {
        OffsetMap map = new OffsetMap(1 << 20, 10_000);
        Map<Integer, Long> expected = new HashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(5000);
            long offset = random.nextInt(1_000_000);
            assertThat(map.put(key(key), offset)).isTrue();
            expected.merge(key, offset, Math::max);
        }
        assertThat(map.size()).isEqualTo(expected.size());
        for (int key = 0; key < 5000; key++) {
            assertThat(map.get(key(key))).isEqualTo(expected.getOrDefault(key, OffsetMap.NONE));
        }
        assertThat(map.get(key(5001))).isEqualTo(OffsetMap.NONE);
    }

    @Test
    void shouldTakeNoMoreKeysThanItHasMemoryForButNewOffsetsOfThoseItKnows() {
        OffsetMap map = new OffsetMap(24 * 100, Long.MAX_VALUE / 2);
        int keys = 0;
        while (map.put(key(keys), keys)) {
            keys++;
        }
        assertThat(keys).isEqualTo(map.capacity()).isEqualTo(90);
        assertThat(map.get(key(keys))).isEqualTo(OffsetMap.NONE);
        assertThat(map.put(key(3), 1000)).isTrue();
        assertThat(map.get(key(3))).isEqualTo(1000);
    }

    @Test
    void shouldTakeLittleMemoryForFewKeys() {
        assertThat(new OffsetMap(1L << 30, 50).capacity()).isBetween(50, 60);
        assertThat(new OffsetMap(1, 0).capacity()).isPositive();
    }
}
