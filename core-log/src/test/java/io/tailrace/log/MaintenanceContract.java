package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidRecordException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.MaintenanceConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old records: which go, which stay, and that it stays so. */
abstract class MaintenanceContract extends LogContract {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    private final ManualTime time = new ManualTime();
    private final LogOptions options =
            LogOptions.DEFAULT.withTime(time).withMaintenance(MaintenanceConfig.DEFAULT.withInterval(Duration.ZERO));

    MaintenanceContract(LogHome home) {
        super(home);
    }

    @BeforeEach
    void useTheManualClock() {
        reopen(options);
    }

    private void createTopic(String... keysAndValues) {
        Map<String, String> configs = new TreeMap<>(Map.of("segment.bytes", "1024"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        admin.createTopic(new NewTopic("t", 1, configs));
    }

    private long start() {
        return admin.beginningOffsets(List.of(T0)).getOrDefault(T0, -1L);
    }

    private void write(int first, int count) {
        write(T0, first, count);
    }

    @Test
    void shouldDeleteOldRecordsOfPartitionsThatNobodyUses() {
        createTopic("retention.ms", "3600000");
        write(0, 100);
        reopen(options);
        assertThat(admin.describeLogDirs().sizes().get(T0)).isPositive();
        time.advance(Duration.ofMinutes(70));
        log.runMaintenance();
        assertThat(admin.describeLogDirs().sizes()).containsEntry(T0, 0L);
        assertThat(start()).isEqualTo(100);
    }

    @Test
    void shouldForgetProducersThatAreIdle() {
        createTopic();
        write(0, 100);
        log.runMaintenance();
        time.advance(Duration.ofHours(23));
        log.runMaintenance();
        assertThat(admin.describeProducers(List.of(T0)).get(T0)).hasSize(1);
        time.advance(Duration.ofHours(2));
        log.runMaintenance();
        assertThat(admin.describeProducers(List.of(T0)).get(T0)).isEmpty();
    }

    @Test
    void shouldDeleteRecordsThatAreTooOld() {
        createTopic("retention.ms", "3600000");
        write(0, 100);
        time.advance(Duration.ofMinutes(40));
        write(100, 100);
        log.runMaintenance();
        assertThat(start()).isZero();

        time.advance(Duration.ofMinutes(30));
        log.runMaintenance();
        assertThat(start()).isBetween(50L, 100L);
        assertThat(read(T0)).contains("100", "199").doesNotContain("0");
        long start = start();

        reopen(options);
        assertThat(start()).isEqualTo(start);
        time.advance(Duration.ofMinutes(40));
        log.runMaintenance();
        assertThat(start()).isEqualTo(200);
        assertThat(read(T0)).isEmpty();
        write(200, 1);
        assertThat(read(T0)).containsExactly("200");
    }

    @Test
    void shouldDeleteTheOldestWhenThereIsTooMuch() {
        createTopic("retention.ms", "-1", "retention.bytes", "3000");
        for (int i = 0; i < 500; i += 10) {
            write(i, 10);
        }
        time.advance(Duration.ofDays(1000));
        log.runMaintenance();
        assertThat(start()).isPositive();
        assertThat(read(T0)).endsWith("498", "499");
    }

    @Test
    void shouldKeepEverythingOfATopicWithoutLimits() {
        createTopic("retention.ms", "-1");
        write(0, 100);
        time.advance(Duration.ofDays(1000));
        log.runMaintenance();
        assertThat(read(T0)).hasSize(100);
    }

    @Test
    void shouldResetAConsumerWhoseRecordsAreGone() {
        createTopic("retention.ms", "1000");
        write(0, 100);
        try (Consumer<String, String> strict =
                        consumer(ConsumerConfig.DEFAULT.withAutoOffsetReset(OffsetResetPolicy.NONE));
                Consumer<String, String> earliest = consumer(EARLIEST)) {
            strict.assign(List.of(T0));
            strict.seek(T0, 0);
            earliest.assign(List.of(T0));
            earliest.seek(T0, 0);
            time.advance(Duration.ofSeconds(2));
            log.runMaintenance();
            write(100, 1);
            assertThatThrownBy(() -> strict.poll(PATIENCE)).isInstanceOf(OffsetOutOfRangeException.class);
            assertThat(values(take(earliest, 1))).containsExactly("100");
        }
    }

    @Test
    void shouldCompactWithoutLosingTheLatestValue() {
        createTopic("cleanup.policy", "compact", "segment.ms", "1000");
        try (Producer<String, String> producer = producer()) {
            for (int i = 0; i < 500; i++) {
                producer.post(new ProducerRecord<>("t", "key" + i % 10, Integer.toString(i)));
            }
        }
        time.advance(Duration.ofSeconds(5));
        log.runMaintenance();
        log.runMaintenance();
        assertThat(read(T0)).containsExactly("490", "491", "492", "493", "494", "495", "496", "497", "498", "499");
        assertThat(start()).isZero();
        assertThat(admin.endOffsets(List.of(T0))).containsEntry(T0, 500L);

        reopen(options);
        assertThat(read(T0)).hasSize(10);
        try (Producer<String, String> producer = producer()) {
            producer.post(new ProducerRecord<>("t", "key0", null));
        }
        time.advance(Duration.ofSeconds(5));
        log.runMaintenance();
        assertThat(read(T0)).as("the tombstone is there for a day").containsNull();
    }

    @Test
    void shouldRefuseRecordsWithoutKeyOnACompactedTopic() {
        createTopic("cleanup.policy", "compact");
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withLinger(Duration.ZERO))) {
            assertThatThrownBy(() -> await(producer.send(new ProducerRecord<>("t", "value"))))
                    .isInstanceOf(InvalidRecordException.class)
                    .hasMessageContaining("t-0")
                    .hasMessageContaining("cleanup.policy");
            producer.post(new ProducerRecord<>("t", "key", "goes on"));
        }
        assertThat(read(T0)).containsExactly("goes on");
    }

    @Test
    void shouldForgetTheStartOfATopicThatWasDeleted() {
        createTopic("retention.ms", "1000");
        write(0, 100);
        time.advance(Duration.ofSeconds(2));
        log.runMaintenance();
        assertThat(start()).isEqualTo(100);
        admin.deleteTopic("t");
        createTopic();
        write(0, 5);
        assertThat(start()).isZero();
        reopen(options);
        assertThat(read(T0)).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void shouldNotLetCommittedOffsetsGrowForever() {
        admin.createTopic(new NewTopic("t", 1));
        write(0, 10);
        assertThat(admin.endOffsets(List.of(T0))).containsEntry(T0, 10L);
        try (Consumer<String, String> consumer = member("g")) {
            consumer.assign(List.of(T0));
            for (int i = 0; i < 200; i++) {
                consumer.commitSync(Map.of(T0, new OffsetAndMetadata(i % 10)));
            }
        }
        time.advance(Duration.ofDays(8));
        long before = offsetsSize();
        log.runMaintenance();
        assertThat(offsetsSize()).isLessThan(before / 10);
        reopen(options);
        try (Consumer<String, String> consumer = member("g")) {
            assertThat(consumer.committed(Set.of(T0))).containsEntry(T0, new OffsetAndMetadata(9));
        }
    }

    private long offsetsSize() {
        return admin.describeLogDirs().sizes().entrySet().stream()
                .filter(partition -> partition.getKey().topic().equals("__consumer_offsets"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void shouldWorkInTheBackgroundByTheClockOfTheLog() {
        Set<Thread> ofOtherLogs = Thread.getAllStackTraces().keySet();
        reopen(options.withMaintenance(MaintenanceConfig.DEFAULT.withInterval(Duration.ofMillis(1))));
        createTopic("retention.ms", "1000");
        write(0, 100);
        assertThat(start()).isZero();
        time.advance(Duration.ofSeconds(2));
        while (start() != 100) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("by the timeout of the class")
                    .isFalse();
            time.advance(Duration.ofMillis(1)); // the thread may have begun its pause only now
        }
        log.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .as("the thread ends with the log")
                .noneMatch(thread -> thread.getName().equals("tailrace-maintenance") && !ofOtherLogs.contains(thread));
        assertThatThrownBy(log::runMaintenance).isInstanceOf(LogClosedException.class);
    }
}
