package io.tailrace.benchmarks.suite;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.ByteArrayDeserializer;
import io.tailrace.serde.ByteArraySerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How long does a log take to open: empty, with many partitions, and after a crash? */
final class Opening {
    private static final String TOPIC = "bench";
    private static final double MB = 1e6;

    private Opening() {}

    /** Milliseconds to open; for {@code open-use} until every partition has told its end offset. */
    static Result open(Job job, Path directory) {
        fill(job, directory);
        List<Double> millis = new ArrayList<>();
        for (int i = -job.warmups(); i < job.repetitions(); i++) {
            long nanos = openAndUse(job, directory);
            if (i >= 0) {
                millis.add(nanos / 1e6);
            }
        }
        return new Result(job, millis, "ms", -1, Map.of());
    }

    /** Megabytes a second that are checked when nothing says that the log was closed. */
    static Result recover(Job job, Path directory) throws IOException {
        fill(job, directory);
        double megabytes = logBytes(directory) / MB;
        List<Double> rates = new ArrayList<>();
        for (int i = -job.warmups(); i < job.repetitions(); i++) {
            crash(directory);
            long nanos = job.contender().equals(Job.KAFKA)
                    ? KafkaRecovery.recover(directory.resolve(TOPIC + "-0"))
                    : openAndUse(job, directory);
            if (i >= 0) {
                rates.add(megabytes / (nanos / 1e9));
            }
        }
        return new Result(job, rates, "MB/s", -1, Map.of("megabytes", megabytes));
    }

    private static void fill(Job job, Path directory) {
        Payload payload = new Payload(job.recordBytes());
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            if (job.partitions() == 0) {
                return;
            }
            log.admin().createTopic(new NewTopic(TOPIC, job.partitions()));
            try (Producer<byte[], byte[]> producer =
                    log.newProducer(ProducerConfig.DEFAULT, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < job.count(); i++) {
                    producer.post(new ProducerRecord<>(TOPIC, i % job.partitions(), payload.key(i), payload.value(i)));
                }
            }
        }
    }

    /** Returns the nanoseconds until it was open and, unless it is about opening alone, until it was used. */
    private static long openAndUse(Job job, Path directory) {
        long start = System.nanoTime();
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            if (!job.name().equals("open")) {
                use(log, job);
            }
            return System.nanoTime() - start;
        }
    }

    private static void use(EmbeddedLog log, Job job) {
        try (Consumer<byte[], byte[]> consumer =
                log.newConsumer(ConsumerConfig.DEFAULT, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            long records = consumer
                    .endOffsets(IntStream.range(0, job.partitions())
                            .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                            .toList())
                    .values()
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (records != job.count()) {
                throw new IllegalStateException("found " + records + " records, expected " + job.count());
            }
        }
    }

    /** Leaves the files as a process that was killed leaves them: nothing says what was flushed. */
    private static void crash(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(".kafka_cleanshutdown"));
        Files.deleteIfExists(directory.resolve("recovery-point-offset-checkpoint"));
    }

    private static long logBytes(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
