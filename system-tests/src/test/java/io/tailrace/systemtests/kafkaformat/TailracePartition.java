package io.tailrace.systemtests.kafkaformat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.ByteArrayDeserializer;
import io.tailrace.serde.ByteArraySerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The one partition of a topic in a log of Tailrace, written and read through its public face. */
final class TailracePartition implements AutoCloseable {
    static final String TOPIC = "exchange";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final EmbeddedLog log;

    private TailracePartition(EmbeddedLog log) {
        this.log = log;
    }

    /** Where the partition keeps its files in the directory of a log. */
    static Path directory(Path home) {
        return home.resolve(TOPIC + "-0");
    }

    /** Opens the log; the topic is made when it is missing. */
    static TailracePartition open(Path home, int segmentBytes) {
        EmbeddedLog log = EmbeddedLog.open(home);
        if (log.admin().findTopic(TOPIC).isEmpty()) {
            log.admin()
                    .createTopic(new NewTopic(
                            TOPIC,
                            1,
                            Map.of(
                                    "segment.bytes",
                                    Integer.toString(segmentBytes),
                                    "index.interval.bytes",
                                    "512",
                                    "max.message.bytes",
                                    "10000000")));
        }
        return new TailracePartition(log);
    }

    EmbeddedLog log() {
        return log;
    }

    /** Appends the records, in a batch for as many as fit {@code batchBytes}. */
    void append(List<Sample> samples, Compression compression, int batchBytes) {
        ProducerConfig config =
                ProducerConfig.DEFAULT.withCompression(compression).withBatchBytes(batchBytes);
        try (Producer<byte[], byte[]> producer =
                log.newProducer(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            samples.forEach(sample -> producer.post(sample.toTailrace(TOPIC)));
        }
    }

    List<Row> rows() {
        return rows(0);
    }

    List<Row> rows(long fromOffset) {
        return read(ConsumerConfig.DEFAULT, fromOffset).stream().map(Row::of).toList();
    }

    List<ConsumerRecord<byte[], byte[]>> read(ConsumerConfig config, long fromOffset) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                log.newConsumer(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, fromOffset);
            for (var polled = consumer.poll(Duration.ZERO); !polled.isEmpty(); polled = consumer.poll(Duration.ZERO)) {
                polled.forEach(records::add);
            }
        }
        return records;
    }

    long endOffset() {
        try (Consumer<byte[], byte[]> consumer =
                log.newConsumer(ConsumerConfig.DEFAULT, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, -1L);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
