package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A power loss or a flipped bit takes what {@code __transaction_state} knows. */
class LostTransactionStateTest {
    private static final TopicPartition A = new TopicPartition("a", 0);

    private MemoryStorage storage = new MemoryStorage();
    private EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT);

    @BeforeEach
    void createTopic() {
        log.admin().createTopic(new NewTopic("a", 1));
    }

    private void kill() {
        storage = storage.reopen();
    }

    private void open() {
        log = EmbeddedLog.open(storage, LogOptions.DEFAULT);
    }

    private Producer<String, String> transactional() {
        Producer<String, String> producer = log.newProducer(
                ProducerConfig.DEFAULT.withTransactionalId("t"), new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static void write(Producer<String, String> producer, String value) {
        producer.beginTransaction();
        producer.post(new ProducerRecord<>("a", 0, null, value));
        producer.flush();
    }

    private List<String> committed() {
        try (Consumer<String, String> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT
                        .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
                        .withIsolationLevel(IsolationLevel.READ_COMMITTED),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(A));
            List<String> values = new ArrayList<>();
            long end = log.admin().endOffsets(List.of(A)).getOrDefault(A, -1L);
            assertThat(consumer.endOffsets(List.of(A))).containsEntry(A, end);
            while (consumer.position(A) < end) {
                consumer.poll(Duration.ZERO).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private List<String> stateFiles() {
        return storage.list("").stream()
                .filter(name -> name.startsWith("__transaction_state-"))
                .map(name -> name + "/00000000000000000000.log")
                .filter(storage::exists)
                .toList();
    }

    @Test
    void shouldAbortATransactionWhoseBeginningWasLost() {
        Producer<String, String> producer = transactional();
        write(producer, "committed");
        producer.commitTransaction();
        write(producer, "open");
        producer.sendOffsetsToTransaction(Map.of(A, new OffsetAndMetadata(7)), new ConsumerGroupMetadata("g"));
        kill();
        for (String file : stateFiles()) {
            try (StorageFile opened = storage.open(file, OpenMode.EXISTING)) {
                opened.truncate(0);
            }
        }

        open();
        assertThat(committed()).containsExactly("committed");
        assertThat(log.admin().committedOffsets("g")).isEmpty();
        Producer<String, String> next = transactional();
        write(next, "next");
        next.commitTransaction();
        assertThat(committed()).containsExactly("committed", "next");
        log.close();
        kill();
        open();
        assertThat(committed()).containsExactly("committed", "next");
        log.close();
    }

    @Test
    void shouldOpenALogWithDamagedStates() {
        Producer<String, String> producer = transactional();
        for (int i = 0; i < 3; i++) {
            write(producer, Integer.toString(i));
            producer.commitTransaction();
        }
        write(producer, "open");
        kill();
        for (String file : stateFiles()) {
            try (StorageFile opened = storage.open(file, OpenMode.EXISTING)) {
                opened.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 80); // within the first record
            }
        }

        open();
        assertThat(committed()).containsExactly("0", "1", "2");
        Producer<String, String> next = transactional();
        write(next, "next");
        next.commitTransaction();
        assertThat(committed()).containsExactly("0", "1", "2", "next");
        log.close();
    }
}
