package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A power loss takes the last states of a transactional id, and leaves its records and markers in the partitions. */
class EarlierTransactionStateTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private static Producer<String, String> producer(EmbeddedLog log) {
        Producer<String, String> producer = log.newProducer(
                ProducerConfig.DEFAULT.withTransactionalId("id"), new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private static List<String> committed(EmbeddedLog log) {
        ConsumerConfig config = ConsumerConfig.DEFAULT.withIsolationLevel(IsolationLevel.READ_COMMITTED);
        try (Consumer<String, String> consumer =
                log.newConsumer(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, 0);
            List<String> values = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                consumer.poll(Duration.ZERO).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    @Test
    void shouldOpenAndGoOn() {
        MemoryStorage storage = new MemoryStorage();
        EmbeddedLog killed = EmbeddedLog.open(storage, LogOptions.DEFAULT);
        killed.admin().createTopic(new NewTopic("t", 1));
        Producer<String, String> before = producer(killed);
        for (String value : List.of("first", "second", "open")) {
            before.beginTransaction();
            before.post(new ProducerRecord<>("t", 0, "k", value));
            before.flush();
            if (!value.equals("open")) {
                before.commitTransaction();
            }
        }
        DiskImage image = DiskImage.of(storage);
        killed.close();

        String states = image.files().keySet().stream()
                .filter(path -> path.startsWith("__transaction_state-") && path.endsWith(".log"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Objects.requireNonNull(image.files().get(states));
        for (int length = 0; length < bytes.length; length += 20) {
            MemoryStorage left =
                    image.with(states, Arrays.copyOf(bytes, length)).toStorage();
            try (EmbeddedLog log = EmbeddedLog.open(left, LogOptions.DEFAULT)) {
                Producer<String, String> after = producer(log);
                after.beginTransaction();
                after.post(new ProducerRecord<>("t", 0, "k", "after"));
                after.commitTransaction();
                assertThat(committed(log)).as("%d bytes of states", length).containsExactly("first", "second", "after");
            }
        }
    }
}
