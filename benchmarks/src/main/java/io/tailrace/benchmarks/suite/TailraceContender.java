package io.tailrace.benchmarks.suite;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import io.tailrace.serde.ByteArrayDeserializer;
import io.tailrace.serde.ByteArraySerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Tailrace, through its public producer and consumer. */
final class TailraceContender implements Contender {
    private static final String TOPIC = "bench";
    private static final int POLL_RECORDS = 10_000;

    private final Job job;
    private final EmbeddedLog log;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private Producer<byte[], byte[]> producer;

    TailraceContender(Job job, Path directory) {
        this.job = job;
        this.log = EmbeddedLog.open(directory, options(job));
        Payload payload = new Payload(job.recordBytes());
        for (int i = 0; i < Payload.DISTINCT; i++) {
            records.add(new ProducerRecord<>(TOPIC, payload.key(i), payload.value(i)));
        }
        log.admin().createTopic(new NewTopic(TOPIC, job.partitions()));
        this.producer = newProducer();
    }

    private static LogOptions options(Job job) {
        return LogOptions.DEFAULT.withDurability(job.isFsync() ? Durability.FSYNC : Durability.OS);
    }

    private Producer<byte[], byte[]> newProducer() {
        ProducerConfig config = ProducerConfig.DEFAULT
                .withCompression(Compression.valueOf(job.codec().toUpperCase(Locale.ROOT)))
                .withLinger(job.batched() ? Duration.ofMillis(5) : Duration.ZERO);
        return log.newProducer(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void renew() {
        producer.close();
        log.admin().deleteTopic(TOPIC);
        log.admin().createTopic(new NewTopic(TOPIC, job.partitions()));
        producer = newProducer();
    }

    @Override
    public void append(int count) {
        if (job.batched()) {
            for (int i = 0; i < count; i++) {
                producer.post(records.get(i & (Payload.DISTINCT - 1)));
            }
            producer.flush();
        } else {
            for (int i = 0; i < count; i++) {
                producer.send(records.get(i & (Payload.DISTINCT - 1))).join();
            }
        }
    }

    private Consumer<byte[], byte[]> newConsumer() {
        Consumer<byte[], byte[]> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT.withMaxPollRecords(POLL_RECORDS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, job.partitions())
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList());
        return consumer;
    }

    @Override
    public long read(int count) {
        long bytes = 0;
        try (Consumer<byte[], byte[]> consumer = newConsumer()) {
            consumer.seekToBeginning(List.of());
            for (int left = count; left > 0; ) {
                var polled = consumer.poll(Duration.ofSeconds(10));
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    bytes += record.serializedKeySize() + record.serializedValueSize();
                }
                left -= Progress.checked(polled.count());
            }
        }
        return bytes;
    }

    @Override
    public void send(byte[] value) {
        CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>(TOPIC, value));
        if (sent.isCompletedExceptionally()) {
            sent.join();
        }
    }

    @Override
    public void receive(java.util.function.Consumer<byte[]> target, Runnable ready, BooleanSupplier stop) {
        try (Consumer<byte[], byte[]> consumer = newConsumer()) {
            consumer.seekToEnd(List.of());
            consumer.poll(Duration.ZERO);
            ready.run();
            while (!stop.getAsBoolean()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    byte[] value = record.value();
                    if (value != null) {
                        target.accept(value);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        log.close();
    }
}
