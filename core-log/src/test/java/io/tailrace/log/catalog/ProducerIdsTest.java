package io.tailrace.log.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProducerIdsTest {
    private static final String FILE = "producer-ids.json";

    private final MemoryStorage storage = new MemoryStorage();

    @Test
    void shouldReserveNothingBeforeAnIdIsAskedFor() {
        ProducerIds ids = new ProducerIds(storage, 0);

        assertThat(storage.exists(FILE)).isFalse();
        assertThat(ids.next()).isZero();
        assertThat(storage.exists(FILE)).isTrue();
    }

    @Test
    void shouldNeverGiveAnIdTwiceWhateverWasLeftOfABlock() {
        Set<Long> given = new HashSet<>();
        for (int process = 0; process < 3; process++) {
            ProducerIds ids = new ProducerIds(storage, 0);
            for (int i = 0; i < 1500; i++) {
                assertThat(given.add(ids.next())).isTrue();
            }
        }
    }

    @Test
    void shouldBeginWhereItIsToldWhenTheFileWasLost() {
        long large = 1_700_000_000_000_000L;
        assertThat(new ProducerIds(storage, large).next()).isEqualTo(large);

        assertThat(new ProducerIds(storage, 0).next()).isGreaterThan(large);
    }

    @Test
    void shouldRefuseADamagedFile() {
        storage.writeAtomically(
                FILE, "{\"formatVersion\":1,\"nextProducerId\":\"x\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> new ProducerIds(storage, 0).next())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(FILE)
                .hasMessageContaining("checksum");
    }
}
