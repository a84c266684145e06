package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.PartitionState;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.partition.RefusingStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that is full for a while. Batches hold one record each, and are appended when the next record is posted. */
class FullDiskTest {
    private static final String MORE_THAN_HALF_A_BATCH = "x".repeat(600);

    private final RefusingStorage storage = new RefusingStorage(new MemoryStorage());
    private final EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT);
    private final Producer<String, String> producer = log.newProducer(
            ProducerConfig.DEFAULT.withBatchBytes(1024).withLinger(Duration.ofDays(1_000_000)),
            new StringSerializer(),
            new StringSerializer());

    @BeforeEach
    void createTopic() {
        log.admin().createTopic(new NewTopic("t", 2));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void post(int partition, String name) {
        producer.post(new ProducerRecord<>("t", partition, "k", name + MORE_THAN_HALF_A_BATCH));
    }

    /** Names of the records of a partition. */
    private List<String> names(int number) {
        TopicPartition partition = new TopicPartition("t", number);
        try (Consumer<String, String> consumer =
                log.newConsumer(ConsumerConfig.DEFAULT, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            long end = log.admin().endOffsets(List.of(partition)).getOrDefault(partition, -1L);
            List<String> names = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ZERO)
                        .forEach(record ->
                                names.add(String.valueOf(record.value()).replace("x", "")));
            }
            return names;
        }
    }

    @Test
    void shouldLeaveNoGapBehindAPostThatFailed() {
        post(0, "a");
        post(0, "b"); // appends a
        post(1, "c");
        storage.bytesUntilFull = 100;
        post(0, "d"); // appends b, which fails
        storage.bytesUntilFull = Integer.MAX_VALUE;

        assertThatThrownBy(producer::close).isInstanceOf(StorageException.class);
        assertThat(names(0)).containsExactly("a");
        assertThat(names(1)).containsExactly("c");
    }

    @Test
    void shouldAppendAgainOnceTheCallerHeardOfTheFailure() {
        post(0, "a");
        storage.bytesUntilFull = 100;
        post(0, "b"); // appends a, which fails
        storage.bytesUntilFull = Integer.MAX_VALUE;

        assertThatThrownBy(() -> post(0, "c")).isInstanceOf(StorageException.class);
        assertThat(log.admin().describeLogDirs().faults())
                .hasEntrySatisfying(
                        new TopicPartition("t", 0), state -> assertThat(state).isInstanceOf(PartitionState.Full.class))
                .hasSize(1);
        post(0, "a");
        post(0, "b");
        producer.close();
        assertThat(log.admin().describeLogDirs().faults()).isEmpty();
        assertThat(names(0)).containsExactly("a", "b");
    }
}
