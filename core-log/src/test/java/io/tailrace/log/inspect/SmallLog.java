package io.tailrace.log.inspect;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.ManualTime;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import io.tailrace.serde.Serdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A small closed log of two topics with several segments, a compressed one and committed offsets; and what is in it. */
final class SmallLog {
    static final TopicPartition PLAIN = new TopicPartition("plain", 0);
    static final TopicPartition GZIP = new TopicPartition("zipped", 1);

    private SmallLog() {}

    /** Batches of one to three records; returns the storage, closed and open again. */
    static MemoryStorage create() {
        MemoryStorage storage = new MemoryStorage();
        try (EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT.withTime(new ManualTime()))) {
            log.admin()
                    .createTopic(
                            new NewTopic("plain", 1, Map.of("segment.bytes", "1024", "index.interval.bytes", "100")));
            log.admin().createTopic(new NewTopic("zipped", 2));
            fill(log, "plain", 0, ProducerConfig.DEFAULT, 14);
            fill(log, "zipped", 1, ProducerConfig.DEFAULT.withCompression(Compression.GZIP), 3);
            log.admin().alterCommittedOffsets("readers", Map.of(PLAIN, new OffsetAndMetadata(7, "half")));
        }
        return storage.reopen();
    }

    private static void fill(EmbeddedLog log, String topic, int partition, ProducerConfig config, int batches) {
        try (var producer = log.newProducer(
                config, Serdes.String().serializer(), Serdes.String().serializer())) {
            for (int batch = 0; batch < batches; batch++) {
                List<CompletableFuture<?>> sent = new ArrayList<>();
                for (int record = 0; record <= batch % 3; record++) {
                    RecordHeaders headers = new RecordHeaders();
                    headers.add("n", new byte[] {(byte) record});
                    sent.add(producer.send(new ProducerRecord<>(
                            topic, partition, 1000L + batch, "key-" + batch, "value ".repeat(10) + record, headers)));
                }
                producer.flush();
                sent.forEach(CompletableFuture::join);
            }
        }
    }

    /** Every record that a reader gets, by partition; reading goes on behind what cannot be read. */
    static Map<TopicPartition, List<String>> read(Storage storage) {
        Map<TopicPartition, List<String>> all =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        try (EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT.withTime(new ManualTime()))) {
            for (String topic : log.admin().listTopics()) {
                if (!topic.startsWith("__")) {
                    log.admin().describeTopic(topic).topicPartitions().forEach(each -> all.put(each, read(log, each)));
                }
            }
        }
        return all;
    }

    private static List<String> read(EmbeddedLog log, TopicPartition partition) {
        List<String> records = new ArrayList<>();
        try (var consumer = log.newConsumer(
                ConsumerConfig.DEFAULT.withAutoOffsetReset(OffsetResetPolicy.EARLIEST),
                Serdes.String().deserializer(),
                Serdes.String().deserializer())) {
            consumer.assign(List.of(partition));
            long end = log.admin().endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ZERO)) {
                    records.add(record.offset() + " " + record.timestamp() + " " + record.key() + "=" + record.value()
                            + " " + record.headers());
                }
            }
        }
        return records;
    }

    /** All files below the root, sorted. */
    static List<String> files(Storage storage) {
        List<String> files = new ArrayList<>();
        for (String name : storage.list("")) {
            if (name.matches(".*-[0-9]+")) {
                storage.list(name).forEach(file -> files.add(name + "/" + file));
            } else {
                files.add(name);
            }
        }
        return files;
    }

    static void flip(Storage storage, String path, long position, int bits) {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (StorageFile file = storage.open(path, OpenMode.EXISTING)) {
            file.read(one, position);
            one.put(0, (byte) (one.get(0) ^ bits)).rewind();
            file.write(one, position);
        }
    }
}
