package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.catalog.CleanShutdownMarker;
import io.tailrace.log.catalog.OffsetCheckpoint;
import io.tailrace.log.partition.RecoveryReport;
import io.tailrace.log.partition.RefusingStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What opening a log looks at after stops of all kinds, and what it tells. */
@Timeout(60)
class RecoveryTest {
    private static final LogOptions OPTIONS = LogOptions.DEFAULT.withSegmentBytes(4096);
    private static final ProducerConfig SMALL_BATCHES = ProducerConfig.DEFAULT.withBatchBytes(1024);

    private MemoryStorage memory = new MemoryStorage();
    private RefusingStorage storage = new RefusingStorage(memory);
    private EmbeddedLog log = EmbeddedLog.open(storage, OPTIONS);

    @BeforeEach
    void createTopic() {
        log.admin().createTopic(new NewTopic("t", 4));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void openAgain(LogOptions options) {
        memory = memory.reopen();
        storage = new RefusingStorage(memory);
        log = EmbeddedLog.open(storage, options);
    }

    /** As after kill -9: nothing is forced, nothing is closed. */
    private void crash(LogOptions options) {
        EmbeddedLog dead = log;
        openAgain(options);
        assertThatThrownBy(dead::close).isInstanceOf(RuntimeException.class);
    }

    private void write(int partition, int first, int count) {
        try (Producer<String, String> producer =
                log.newProducer(SMALL_BATCHES, new StringSerializer(), new StringSerializer())) {
            for (int i = first; i < first + count; i++) {
                producer.post(new ProducerRecord<>("t", partition, "k", i + "-".repeat(100)));
            }
        }
    }

    private List<Integer> read(int number) {
        TopicPartition partition = new TopicPartition("t", number);
        try (Consumer<String, String> consumer =
                log.newConsumer(ConsumerConfig.DEFAULT, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            List<Integer> values = new ArrayList<>();
            ConsumerRecords<String, String> records = consumer.poll(Duration.ZERO);
            while (!records.isEmpty()) {
                records.forEach(record -> values.add(
                        Integer.parseInt(String.valueOf(record.value()).replace("-", ""))));
                records = consumer.poll(Duration.ZERO);
            }
            return values;
        }
    }

    private static List<Integer> numbers(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private List<String> segments(int partition) {
        return memory.list("t-" + partition).stream()
                .filter(name -> name.endsWith(".log"))
                .map(name -> "t-" + partition + "/" + name)
                .toList();
    }

    @Test
    void shouldMarkAnOrderlyShutdownOnlyWhileTheLogIsClosed() {
        assertThat(memory.exists(CleanShutdownMarker.NAME)).isFalse();
        write(0, 0, 10);
        log.close();
        memory = memory.reopen();
        assertThat(memory.exists(CleanShutdownMarker.NAME)).isTrue();

        openAgain(OPTIONS);
        assertThat(log.recovery().cleanShutdown()).isTrue();
        assertThat(memory.exists(CleanShutdownMarker.NAME)).isFalse();
        crash(OPTIONS);
        assertThat(log.recovery().cleanShutdown()).isFalse();
        assertThat(read(0)).isEqualTo(numbers(10));
    }

    @Test
    void shouldOpenNoPartitionAfterAnOrderlyShutdown() {
        for (int partition = 0; partition < 4; partition++) {
            write(partition, 0, 500);
        }
        log.close();
        memory = memory.reopen();
        storage = new RefusingStorage(memory);
        Set<String> opened = ConcurrentHashMap.newKeySet();
        storage.beforeOpen = opened::add;
        log = EmbeddedLog.open(storage, OPTIONS);

        assertThat(opened).noneMatch(path -> path.startsWith("t-"));
        assertThat(log.recovery().partitions()).isZero();
        write(0, 500, 100);
        assertThat(read(0)).isEqualTo(numbers(600));
        assertThat(log.recovery().bytes()).isZero();
        assertThat(opened).noneMatch(path -> path.startsWith("t-1"));
    }

    @Test
    void shouldFindTheEndOfAPartitionByItsIndex() {
        write(0, 0, 500);
        log.close();
        openAgain(OPTIONS.withSegmentBytes(1 << 20));
        write(0, 500, 4000);
        log.close();
        openAgain(OPTIONS.withSegmentBytes(1 << 20));
        long read = storage.bytesRead.get();
        assertThat(log.admin().endOffsets(List.of(new TopicPartition("t", 0))))
                .containsEntry(new TopicPartition("t", 0), 4500L);
        assertThat(storage.bytesRead.get() - read).isLessThan(50_000);
        write(0, 4500, 100);
        log.close();
        openAgain(OPTIONS.withSegmentBytes(1 << 20));
        assertThat(read(0)).isEqualTo(numbers(4600));
        assertThat(log.recovery().bytes()).isZero();
    }

    @Test
    void shouldScanAfterAllWhenAFileIsNotWhatItWasAfterAnOrderlyShutdown() {
        write(0, 0, 500);
        log.close();
        memory = memory.reopen();
        List<String> segments = segments(0);
        String last = segments.get(segments.size() - 1);
        try (StorageFile file = memory.open(last, OpenMode.EXISTING)) {
            file.truncate(file.size() - 10);
        }
        openAgain(OPTIONS);
        List<Integer> values = read(0);
        assertThat(values).isEqualTo(numbers(values.size())).hasSizeBetween(400, 499);
        assertThat(log.recovery().damages()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo(last);
            assertThat(damage.outcome()).isEqualTo(RecoveryReport.Outcome.TRUNCATED);
        });
        write(0, values.size(), 10);
        crash(OPTIONS);
        assertThat(read(0)).isEqualTo(numbers(values.size() + 10));
    }

    @Test
    void shouldScanAfterACrashOnlyWhatWasNotKnownToBeForced() {
        openAgainWith(Durability.FSYNC);
        write(0, 0, 500);
        write(0, 500, 1); // the round that acknowledges it comes when those before have stored how far they got
        List<String> segments = segments(0);
        assertThat(segments).hasSizeGreaterThan(5);
        crash(OPTIONS.withDurability(Durability.FSYNC));
        long all = segments.stream().mapToLong(memory::size).sum();
        assertThat(log.recovery().partitions()).isEqualTo(1);
        assertThat(log.recovery().bytes()).isPositive().isLessThan(all / 2);
        assertThat(read(0)).isEqualTo(numbers(501));
    }

    private void openAgainWith(Durability durability) {
        log.close();
        openAgain(OPTIONS.withDurability(durability));
    }

    @Test
    void shouldScanEverythingWhenTheRecoveryPointsAreLost() {
        write(0, 0, 500);
        log.close();
        openAgain(OPTIONS);
        write(0, 500, 10);
        memory.delete(OffsetCheckpoint.RECOVERY_POINTS);
        crash(OPTIONS);
        assertThat(log.recovery().bytes())
                .isEqualTo(segments(0).stream().mapToLong(memory::size).sum());
        assertThat(read(0)).isEqualTo(numbers(510));
    }

    @Test
    void shouldNotBelieveThePointOfADeletedTopicOfTheSameName() {
        write(0, 0, 500);
        log.close();
        openAgain(OPTIONS);
        log.admin().deleteTopic("t");
        createTopic();
        write(0, 0, 20);
        String only = segments(0).get(0);
        long size = memory.size(only);
        EmbeddedLog dead = log;
        memory = memory.reopen();
        try (StorageFile file = memory.open(only, OpenMode.EXISTING)) {
            file.write(ByteBuffer.wrap(new byte[30]), size);
        }
        openAgain(OPTIONS);
        assertThatThrownBy(dead::close).isInstanceOf(RuntimeException.class);
        assertThat(log.recovery().damages()).singleElement().satisfies(damage -> {
            assertThat(damage.position()).isEqualTo(size);
            assertThat(damage.bytes()).isEqualTo(30);
        });
        assertThat(read(0)).isEqualTo(numbers(20));
    }

    @Test
    void shouldRecoverPartitionsSideBySide() throws Exception {
        for (int partition = 0; partition < 4; partition++) {
            write(partition, 0, 100);
        }
        EmbeddedLog dead = log;
        memory = memory.reopen();
        storage = new RefusingStorage(memory);
        CountDownLatch together = new CountDownLatch(4);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        storage.beforeOpen = path -> {
            if (path.startsWith("t-") && path.endsWith(".log") && seen.add(path.substring(0, 3))) {
                together.countDown();
                awaitUninterruptibly(together);
            }
        };
        log = EmbeddedLog.open(storage, OPTIONS.withRecoveryThreads(4)); // hangs if they take turns
        assertThat(log.recovery().partitions()).isEqualTo(4);
        assertThatThrownBy(dead::close).isInstanceOf(RuntimeException.class);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(LogContract.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldOpenTheOthersWhenOnePartitionCannotBeRead() {
        write(0, 0, 10);
        write(1, 0, 10);
        EmbeddedLog dead = log;
        memory = memory.reopen();
        storage = new RefusingStorage(memory);
        storage.beforeOpen = path -> {
            if (path.startsWith("t-0")) {
                throw new StorageException(path, "input/output error");
            }
        };
        log = EmbeddedLog.open(storage, OPTIONS);
        assertThat(read(1)).isEqualTo(numbers(10));
        assertThatThrownBy(() -> read(0)).isInstanceOf(StorageException.class).hasMessageContaining("t-0");
        storage.beforeOpen = path -> {};
        assertThat(read(0)).isEqualTo(numbers(10));
        assertThatThrownBy(dead::close).isInstanceOf(RuntimeException.class);
    }

    @Test
    void shouldCutAHoleThatNoForceHasCoveredAndAllBehindIt() {
        openAgainWith(Durability.every(Duration.ofDays(1)));
        write(0, 0, 20);
        String segment = segments(0).get(0);
        EmbeddedLog dead = log;
        memory = memory.reopen();
        try (StorageFile file = memory.open(segment, OpenMode.EXISTING)) {
            file.write(ByteBuffer.wrap(new byte[512]), 1024); // a sector that the device did not get to
        }
        openAgain(OPTIONS.withDurability(Durability.every(Duration.ofDays(1))));
        assertThatThrownBy(dead::close).isInstanceOf(RuntimeException.class);
        List<Integer> values = read(0);
        assertThat(values).isEqualTo(numbers(values.size())).hasSizeLessThan(20);
        write(0, values.size(), 5);
        assertThat(read(0)).isEqualTo(numbers(values.size() + 5));
    }

    @Test
    void shouldNotSayThatItWasClosedInOrderWhenTheDiskIsFull() {
        write(0, 0, 10);
        storage.bytesUntilFull = 0;
        log.close();
        assertThat(memory.reopen().exists(CleanShutdownMarker.NAME)).isFalse();
        openAgain(OPTIONS);
        assertThat(log.recovery().cleanShutdown()).isFalse();
        assertThat(read(0)).isEqualTo(numbers(10));
    }
}
