package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the contracts of the log have in common: an open log and short ways to use it. */
@Timeout(60) // an upper bound for a test that hangs
abstract class LogContract {
    /** Longest wait for another thread; reached only when a test fails. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final ConsumerConfig EARLIEST = ConsumerConfig.DEFAULT.withAutoOffsetReset(OffsetResetPolicy.EARLIEST);

    private final LogHome home;
    private Set<Thread> sendersBefore = Set.of();
    EmbeddedLog log;
    Admin admin;

    LogContract(LogHome home) {
        this.home = home;
    }

    @BeforeEach
    void openLog() {
        sendersBefore = senderThreads();
        log = home.open(LogOptions.DEFAULT);
        admin = log.admin();
    }

    @AfterEach
    void closeLog() {
        log.close();
        assertThat(senderThreads()).as("the sender thread ends with the log").isSubsetOf(sendersBefore);
    }

    private static Set<Thread> senderThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tailrace-sender"))
                .collect(Collectors.toSet());
    }

    void reopen() {
        reopen(LogOptions.DEFAULT);
    }

    void reopen(LogOptions options) {
        log.close();
        log = home.open(options);
        admin = log.admin();
    }

    Producer<String, String> producer() {
        return producer(ProducerConfig.DEFAULT);
    }

    /** What every producer of {@link #producer} does with its batches. */
    Compression compression() {
        return Compression.NONE;
    }

    Producer<String, String> producer(ProducerConfig config) {
        return log.newProducer(config.withCompression(compression()), new StringSerializer(), new StringSerializer());
    }

    Consumer<String, String> consumer(ConsumerConfig config) {
        return log.newConsumer(config, new StringDeserializer(), new StringDeserializer());
    }

    Consumer<String, String> member(String group) {
        return consumer(EARLIEST.withGroupId(group));
    }

    void createTopic(String name, int partitions) {
        admin.createTopic(new NewTopic(name, partitions));
    }

    /** Writes values {@code first .. first + count - 1} to a partition, as text. */
    void write(TopicPartition partition, int first, int count) {
        try (Producer<String, String> producer = producer()) {
            for (int i = first; i < first + count; i++) {
                producer.post(
                        new ProducerRecord<>(partition.topic(), partition.partition(), "k" + i, Integer.toString(i)));
            }
        }
    }

    /** All values of a partition, in order. */
    List<String> read(TopicPartition partition) {
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(partition));
            long end = log.admin().endOffsets(List.of(partition)).getOrDefault(partition, -1L);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ZERO).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    /** Polls until this many records have come; fails when none comes any more. */
    static <K, V> List<ConsumerRecord<K, V>> take(Consumer<K, V> consumer, int count) {
        List<ConsumerRecord<K, V>> taken = new ArrayList<>();
        while (taken.size() < count) {
            ConsumerRecords<K, V> records = consumer.poll(PATIENCE);
            assertThat(records.isEmpty())
                    .as("nothing came any more after %d of %d records", taken.size(), count)
                    .isFalse();
            records.forEach(taken::add);
        }
        return taken;
    }

    static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(new TopicPartition(topic, i));
        }
        return partitions;
    }

    /** Runs on a thread of its own. */
    static <T> Future<T> start(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** The result of what another thread does; its exception is thrown as it is. */
    static <T> T await(Future<T> future) throws Exception {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new AssertionError("still not done after " + PATIENCE, e);
        }
    }
}
