package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.LongDeserializer;
import io.tailrace.serde.LongSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Produces until it is killed, and prints {@code partition offset .} for every record that was acknowledged. */
final class KilledProducer {
    static final int PARTITIONS = 3;

    private KilledProducer() {}

    public static void main(String[] args) {
        try (EmbeddedLog log = EmbeddedLog.open(Path.of(args[0]), LogOptions.DEFAULT.withSegmentBytes(64 * 1024))) {
            log.admin().createTopic(new NewTopic("t", PARTITIONS));
            try (Producer<Long, Long> producer = log.newProducer(
                    ProducerConfig.DEFAULT.withLinger(Duration.ofMillis(1)).withBatchBytes(4096),
                    new LongSerializer(),
                    new LongSerializer())) {
                for (long i = 0; ; i++) {
                    int partition = (int) (i % PARTITIONS);
                    producer.send(new ProducerRecord<>("t", partition, i, i / PARTITIONS))
                            .thenAccept(metadata -> print(metadata.partition() + " " + metadata.offset() + " .\n"))
                            .exceptionally(failure -> {
                                throw new IllegalStateException(failure);
                            })
                            .isDone();
                }
            }
        }
    }

    private static void print(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    /** There are at least that many records, without gap or repetition. */
    static void checkRecords(EmbeddedLog log, int partition, long acknowledged) {
        TopicPartition topicPartition = new TopicPartition("t", partition);
        long end = log.admin().endOffsets(List.of(topicPartition)).getOrDefault(topicPartition, -1L);
        assertThat(end).isGreaterThanOrEqualTo(acknowledged);
        ConsumerConfig config = ConsumerConfig.DEFAULT.withAutoOffsetReset(OffsetResetPolicy.EARLIEST);
        try (Consumer<Long, Long> consumer = log.newConsumer(config, new LongDeserializer(), new LongDeserializer())) {
            consumer.assign(List.of(topicPartition));
            long next = 0;
            while (consumer.position(topicPartition) < end) {
                for (ConsumerRecord<Long, Long> record : consumer.poll(Duration.ZERO)) {
                    assertThat(record.offset()).isEqualTo(next);
                    assertThat(record.value()).isEqualTo(next);
                    next++;
                }
            }
            assertThat(next).isEqualTo(end);
        }
    }
}
