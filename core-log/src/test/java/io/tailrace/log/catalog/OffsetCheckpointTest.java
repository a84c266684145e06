package io.tailrace.log.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.partition.RefusingStorage;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetCheckpointTest {
    private static final TopicPartition A0 = new TopicPartition("a", 0);
    private static final TopicPartition A10 = new TopicPartition("a", 10);
    private static final TopicPartition B2 = new TopicPartition("b", 2);

    private final MemoryStorage memory = new MemoryStorage();
    private final RefusingStorage storage = new RefusingStorage(memory);
    private final OffsetCheckpoint checkpoint = new OffsetCheckpoint(storage, OffsetCheckpoint.RECOVERY_POINTS);

    private void store(String text) {
        memory.writeAtomically(OffsetCheckpoint.RECOVERY_POINTS, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayNothingWhenThereIsNoFile() {
        assertThat(checkpoint.read()).isEmpty();
    }

    @Test
    void shouldReadWhatWasWritten() {
        Map<TopicPartition, Long> offsets = Map.of(A0, 0L, B2, 123_456_789_012_345L, A10, 7L);
        checkpoint.write(offsets);

        assertThat(checkpoint.read()).isEqualTo(offsets);
    }

    @Test
    void shouldWriteTheTextOfKafka() {
        checkpoint.write(Map.of(B2, 5L, A10, 7L));

        assertThat(new String(memory.readAllBytes(OffsetCheckpoint.RECOVERY_POINTS), StandardCharsets.UTF_8))
                .isEqualTo("0\n2\na 10 7\nb 2 5\n");
    }

    @Test
    void shouldReadAnEmptyOne() {
        checkpoint.write(Map.of());

        assertThat(checkpoint.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0\n",
                "0\n1\n",
                "1\n1\na 0 5\n",
                "0\n2\na 0 5\n",
                "0\n0\na 0 5\n",
                "0\n1\na 0 5",
                "0\n1\na 0\n",
                "0\n1\na 0 5 6\n",
                "0\n1\n 0 5\n",
                "0\n1\na x 5\n",
                "0\n1\na 0 -5\n",
                "0\n1\na 0 5x\n",
                "0\n1\na 99999999999 5\n",
                "0\n1\na 0 99999999999999999999\n",
                "0\n2\na 0 5\na 0 6\n",
                "\u0000\u0000\u0000\u0000\u0000\u0000"
            })
    void shouldBelieveNothingOfADamagedOne(String text) {
        store(text);

        assertThat(checkpoint.read()).isEmpty();
        checkpoint.write(Map.of(A0, 1L));
        assertThat(checkpoint.read()).containsOnly(Map.entry(A0, 1L));
    }

    @Test
    void shouldKeepTheOldContentWhenTheDiskIsFull() {
        checkpoint.write(Map.of(A0, 1L));
        storage.bytesUntilFull = 3;

        assertThatThrownBy(() -> checkpoint.write(Map.of(A0, 2L))).isInstanceOf(StorageException.class);
        assertThat(checkpoint.read()).containsOnly(Map.entry(A0, 1L));
    }
}
