package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Apache Kafka: one broker in a process of its own on this machine, and Kafka's own clients in this one. */
final class KafkaContender implements Contender {
    private static final int POLL_RECORDS = 10_000;

    private final Job job;
    private final KafkaBroker broker;
    private final Admin admin;
    private final Payload payload;
    private int generation;
    private Producer<byte[], byte[]> producer;

    KafkaContender(Job job, Path directory) throws IOException {
        this.job = job;
        this.payload = new Payload(job.recordBytes());
        this.broker = KafkaBroker.start(directory, job.isFsync());
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
        createTopic();
        this.producer = newProducer();
    }

    private String topic() {
        return "bench-" + generation;
    }

    private void createTopic() throws IOException {
        get(admin.createTopics(List.of(new NewTopic(topic(), job.partitions(), (short) 1)))
                .all());
    }

    private Producer<byte[], byte[]> newProducer() {
        Properties config = new Properties();
        config.put("bootstrap.servers", broker.address());
        config.put("compression.type", job.codec());
        config.put("linger.ms", job.batched() ? "5" : "0");
        config.put("batch.size", Integer.toString(64 * 1024)); // as Tailrace's default
        config.put("buffer.memory", Integer.toString(64 * 1024 * 1024));
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void renew() throws IOException {
        producer.close();
        get(admin.deleteTopics(List.of(topic())).all());
        generation++;
        createTopic();
        producer = newProducer();
    }

    @Override
    public void append(int count) throws IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (int i = 0; i < count; i++) {
            Future<RecordMetadata> sent =
                    producer.send(new ProducerRecord<>(topic(), payload.key(i), payload.value(i)), (metadata, e) -> {
                        if (e != null) {
                            failure.compareAndSet(null, e);
                        }
                    });
            if (!job.batched()) {
                get(sent);
            }
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IOException(failure.get());
        }
    }

    private Consumer<byte[], byte[]> newConsumer() {
        Properties config = new Properties();
        config.put("bootstrap.servers", broker.address());
        config.put("max.poll.records", Integer.toString(POLL_RECORDS));
        config.put("max.partition.fetch.bytes", Integer.toString(8 * 1024 * 1024));
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, job.partitions())
                .mapToObj(partition -> new TopicPartition(topic(), partition))
                .toList());
        return consumer;
    }

    @Override
    public long read(int count) {
        long bytes = 0;
        try (Consumer<byte[], byte[]> consumer = newConsumer()) {
            consumer.seekToBeginning(consumer.assignment());
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
        Future<RecordMetadata> ignored = producer.send(new ProducerRecord<>(topic(), value));
        assert ignored != null;
    }

    @Override
    public void receive(java.util.function.Consumer<byte[]> target, Runnable ready, BooleanSupplier stop) {
        try (Consumer<byte[], byte[]> consumer = newConsumer()) {
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);
            ready.run();
            while (!stop.getAsBoolean()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    target.accept(record.value());
                }
            }
        }
    }

    @Override
    public double cpuSecondsElsewhere() {
        return broker.cpuSeconds();
    }

    @Override
    public void close() throws IOException {
        try (broker) {
            producer.close();
            admin.close();
        }
    }

    private static <T> T get(Future<T> future) throws IOException {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** {@link Admin} returns futures of its own kind. */
    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future) throws IOException {
        return get(future.toCompletionStage().toCompletableFuture());
    }
}
