package io.tailrace.proof;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.ManualTime;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A data directory that has something of everything, in a few KB: each codec, full segments with their indexes, committed
 * offsets.
 *
 * @param records all that can be read, by partition
 * @param aborted values of records whose transaction was aborted
 * @param committed offsets of each group, in the order of their commits
 */
record SmallLog(
        DiskImage image,
        LogOptions options,
        Set<String> topics,
        Map<TopicPartition, List<ConsumerRecord<String, String>>> records,
        Set<String> aborted,
        Map<String, List<Long>> committed) {

    private static final int RECORDS = 12;

    /** One that was closed as it should be. */
    static SmallLog closed() {
        return make(true);
    }

    /** One whose process was killed. */
    static SmallLog killed() {
        return make(false);
    }

    private static SmallLog make(boolean close) {
        LogOptions options = LogOptions.DEFAULT
                .withTime(new ManualTime())
                .withSegmentBytes(1024)
                .withAutoCreateTopics(false);
        MemoryStorage storage = new MemoryStorage();
        EmbeddedLog log = EmbeddedLog.open(storage, options);
        Map<TopicPartition, List<ConsumerRecord<String, String>>> records = new TreeMap<>();
        for (Compression compression : Compression.values()) {
            String topic = compression.name().toLowerCase(Locale.ROOT);
            log.admin().createTopic(new NewTopic(topic, 1));
            produce(log, topic, compression);
        }
        log.admin().createTopic(new NewTopic("transactions", 1));
        Set<String> aborted = transact(log);
        List<Long> commits = new ArrayList<>();
        for (long offset = 1; offset < 5; offset++) {
            log.admin()
                    .alterCommittedOffsets("g", Map.of(new TopicPartition("none", 0), new OffsetAndMetadata(offset)));
            commits.add(offset);
        }
        log.admin().listTopics().stream()
                .filter(topic -> !topic.startsWith("__"))
                .map(topic -> new TopicPartition(topic, 0))
                .forEach(partition ->
                        records.put(partition, Reading.of(log, partition).records()));
        Set<String> topics = Set.copyOf(log.admin().listTopics());
        if (close) {
            log.close();
            storage = storage.reopen();
        }
        DiskImage image = DiskImage.of(storage);
        storage.reopen().close();
        if (!close) {
            Killed.end(log);
        }
        return new SmallLog(image, options, topics, records, aborted, Map.of("g", commits));
    }

    private static void produce(EmbeddedLog log, String topic, Compression compression) {
        ProducerConfig config =
                ProducerConfig.DEFAULT.withCompression(compression).withLinger(Duration.ofDays(100_000));
        try (Producer<String, String> producer =
                log.newProducer(config, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                String value = topic + i + ("-" + i * 7919).repeat(i % 5 * 10);
                ProducerRecord<String, String> record =
                        new ProducerRecord<>(topic, 0, i % 4 == 0 ? null : "key" + i, value);
                record.headers().add("h", Integer.toString(i).getBytes(StandardCharsets.UTF_8));
                producer.post(record);
                if (i % 3 == 2) {
                    producer.flush();
                }
            }
        }
    }

    /** Transactions over several segments, every other one aborted. */
    private static Set<String> transact(EmbeddedLog log) {
        Set<String> aborted = new HashSet<>();
        ProducerConfig config =
                ProducerConfig.DEFAULT.withLinger(Duration.ofDays(100_000)).withTransactionalId("id");
        try (Producer<String, String> producer =
                log.newProducer(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            for (int i = 0; i < 8; i++) {
                producer.beginTransaction();
                String value = "transaction" + i + "-".repeat(300);
                producer.post(new ProducerRecord<>("transactions", 0, "k" + i, value));
                producer.flush();
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    aborted.add(value);
                    producer.abortTransaction();
                }
            }
        }
        return aborted;
    }
}
