package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.MaintenanceConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import io.tailrace.serde.StringSerializer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One partition that cannot be compacted keeps nobody else from it, and is not harmed. */
class MaintenanceFailureTest {
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact", "segment.bytes", "1024");

    private final MemoryStorage storage = new MemoryStorage();
    private EmbeddedLog log;

    @BeforeEach
    void open() {
        log = EmbeddedLog.open(
                storage, LogOptions.DEFAULT.withMaintenance(MaintenanceConfig.DEFAULT.withInterval(Duration.ZERO)));
        for (String topic : new String[] {"bad", "good"}) {
            log.admin().createTopic(new NewTopic(topic, 1, COMPACTED));
            write(topic, 300);
        }
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void write(String topic, int count) {
        try (Producer<String, String> producer = log.newProducer(
                ProducerConfig.DEFAULT.withBatchBytes(1024), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.post(new ProducerRecord<>(topic, "key" + i % 5, "value " + i));
            }
        }
    }

    private long size(String topic) {
        return log.admin().describeLogDirs().sizes().getOrDefault(new TopicPartition(topic, 0), -1L);
    }

    @Test
    void shouldCompactTheOthersWhenABatchIsDamaged() {
        String file = "bad-0/"
                + storage.list("bad-0").stream()
                        .filter(name -> name.endsWith(".log"))
                        .toList()
                        .get(2);
        try (StorageFile damaged = storage.open(file, OpenMode.EXISTING)) {
            damaged.write(ByteBuffer.wrap(new byte[] {77}), 70);
        }
        long bad = size("bad");
        long good = size("good");
        log.runMaintenance();
        log.runMaintenance();

        assertThat(size("good")).isLessThan(good / 3);
        assertThat(size("bad")).isEqualTo(bad);
        write("bad", 10);
        assertThat(size("bad")).isGreaterThan(bad);
    }

    @Test
    void shouldEndWithTheLog() {
        log.close();
        assertThatThrownBy(log::runMaintenance).hasMessageContaining("closed");
    }
}
