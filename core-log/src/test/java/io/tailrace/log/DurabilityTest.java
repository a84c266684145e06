package io.tailrace.log;

import static io.tailrace.log.LogContract.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import io.tailrace.log.partition.RefusingStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an acknowledgement waits for, and what readers see, when the device is slow or refuses. */
@Timeout(60)
class DurabilityTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final ProducerConfig AT_ONCE = ProducerConfig.DEFAULT.withLinger(Duration.ZERO);

    private MemoryStorage memory = new MemoryStorage();
    private RefusingStorage storage = new RefusingStorage(memory);
    private EmbeddedLog log = open(Durability.FSYNC);

    /** A gate in front of the device for the log files of topic "t"; counts who came. */
    private final Semaphore gate = new Semaphore(0);

    private final AtomicInteger forces = new AtomicInteger();
    private final Semaphore arrived = new Semaphore(0);

    private EmbeddedLog open(Durability durability) {
        return EmbeddedLog.open(storage, LogOptions.DEFAULT.withDurability(durability));
    }

    private void reopen(Durability durability) {
        memory = memory.reopen();
        storage = new RefusingStorage(memory);
        log = open(durability);
    }

    @AfterEach
    void closeLog() {
        gate.release(1_000_000);
        log.close();
    }

    private void closeGate() {
        storage.beforeForce = path -> {
            if (path.startsWith("t-")) {
                forces.incrementAndGet();
                arrived.release();
                gate.acquireUninterruptibly();
            }
        };
    }

    private Producer<String, String> producer(ProducerConfig config) {
        return log.newProducer(config, new StringSerializer(), new StringSerializer());
    }

    private Consumer<String, String> consumer() {
        return log.newConsumer(
                ConsumerConfig.DEFAULT
                        .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
                        .withGroupId("g"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static ProducerRecord<String, String> record(TopicPartition partition, String value) {
        return new ProducerRecord<>(partition.topic(), partition.partition(), "k", value);
    }

    private List<String> read(TopicPartition partition) {
        try (Consumer<String, String> consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            List<String> values = new ArrayList<>();
            ConsumerRecords<String, String> records = consumer.poll(Duration.ZERO);
            while (!records.isEmpty()) {
                records.forEach(record -> values.add(record.value()));
                records = consumer.poll(Duration.ZERO);
            }
            return values;
        }
    }

    @Test
    void shouldAcknowledgeAndShowARecordOnlyWhenTheDeviceHasIt() throws Exception {
        log.admin().createTopic(new NewTopic("t", 1));
        closeGate();
        Producer<String, String> producer = producer(AT_ONCE);
        CompletableFuture<RecordMetadata> future = producer.send(record(T0, "a"));
        arrived.acquire();

        assertThat(future).isNotDone();
        assertThat(read(T0)).isEmpty();
        assertThat(log.admin().endOffsets(List.of(T0))).containsEntry(T0, 0L);

        Consumer<String, String> consumer = consumer();
        consumer.assign(List.of(T0));
        Future<ConsumerRecords<String, String>> poll = LogContract.start(() -> consumer.poll(PATIENCE));
        gate.release();
        assertThat(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).offset()).isZero();
        assertThat(LogContract.await(poll).count())
                .as("the force wakes who waits")
                .isEqualTo(1);
    }

    @Test
    void shouldServeWhatCameUpDuringAForceByOneMore() throws Exception {
        log.admin().createTopic(new NewTopic("t", 2));
        closeGate();
        Producer<String, String> producer = producer(AT_ONCE);
        List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
        futures.add(producer.send(record(T0, "0")));
        arrived.acquire();
        for (int i = 1; i <= 20; i++) {
            String name = Integer.toString(i);
            Producer<String, String> another = producer(AT_ONCE.withBatchBytes(1024));
            CompletableFuture<RecordMetadata> future =
                    another.send(record(i % 2 == 0 ? T0 : T1, name + "x".repeat(1024)));
            futures.add(future);
        }
        gate.release(1_000);
        for (CompletableFuture<RecordMetadata> future : futures) {
            assertThat(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(forces).hasValue(3); // the first, and one for each partition
    }

    @Test
    void shouldFlushReturnWhenTheDeviceHasEverything() throws Exception {
        log.admin().createTopic(new NewTopic("t", 2));
        closeGate();
        Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withLinger(Duration.ofDays(1)));
        producer.post(record(T0, "a"));
        producer.post(record(T1, "b"));
        Future<Void> flush = LogContract.start(() -> {
            producer.flush();
            return null;
        });
        arrived.acquire();
        assertThat(flush.isDone()).isFalse();
        gate.release(2);
        LogContract.await(flush);
        assertThat(read(T0)).containsExactly("a");
        assertThat(read(T1)).containsExactly("b");
    }

    @Test
    void shouldForceACommit() {
        log.admin().createTopic(new NewTopic("t", 1));
        List<String> forced = new ArrayList<>();
        storage.beforeForce = forced::add;
        try (Consumer<String, String> consumer = consumer()) {
            consumer.assign(List.of(T0));
            consumer.commitSync(Map.of(T0, new OffsetAndMetadata(7)));
        }
        assertThat(forced).anyMatch(path -> path.matches("__consumer_offsets-.*\\.log"));
    }

    @Test
    void shouldForceNothingForAnAcknowledgementOfTheOperatingSystem() throws Exception {
        log.close();
        reopen(Durability.OS);
        log.admin().createTopic(new NewTopic("t", 1));
        List<String> forced = new ArrayList<>();
        storage.beforeForce = forced::add;
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT)) {
            producer.send(record(T0, "a")).get();
        }
        assertThat(read(T0)).containsExactly("a");
        assertThat(forced).noneMatch(path -> path.endsWith(".log"));
    }

    @Test
    void shouldForceInTheBackgroundWhenTheIntervalIsOver() throws Exception {
        log.close();
        reopen(Durability.every(Duration.ofMillis(1)));
        log.admin().createTopic(new NewTopic("t", 1));
        CountDownLatch forced = new CountDownLatch(1);
        storage.beforeForce = path -> {
            if (path.startsWith("t-0")) {
                forced.countDown();
            }
        };
        try (Producer<String, String> producer = producer(AT_ONCE)) {
            producer.send(record(T0, "a")).get();
            assertThat(read(T0)).containsExactly("a");
            assertThat(forced.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldStopAPartitionForGoodWhenAForceFails() throws Exception {
        log.admin().createTopic(new NewTopic("t", 2));
        Producer<String, String> producer = producer(AT_ONCE);
        producer.send(record(T0, "kept")).get();
        storage.beforeForce = path -> {
            if (path.startsWith("t-0")) {
                throw new StorageException(path, "input/output error");
            }
        };
        CompletableFuture<RecordMetadata> pending = producer.send(record(T0, "lost"));
        assertThatThrownBy(pending::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StorageException.class)
                .hasMessageContaining("t-0/00000000000000000000.log")
                .hasMessageContaining("close the log and open it again");
        storage.beforeForce = path -> {};

        assertThatThrownBy(() -> producer.send(record(T0, "after")).get())
                .hasCauseInstanceOf(StorageException.class)
                .hasMessageContaining("an earlier force failed");
        assertThat(read(T0)).as("what was durable").containsExactly("kept");
        producer.send(record(T1, "others go on")).get();
        log.close();

        reopen(Durability.FSYNC);
        assertThat(log.recovery().cleanShutdown()).isFalse();
        assertThat(read(T0)).containsExactly("kept");
        try (Producer<String, String> again = producer(AT_ONCE)) {
            assertThat(again.send(record(T0, "new")).get().offset()).isEqualTo(1);
        }
    }

    @Test
    void shouldMakeSendersWaitWhenTheirBufferIsFull() throws Exception {
        log.admin().createTopic(new NewTopic("t", 1));
        closeGate();
        Producer<String, String> producer =
                producer(AT_ONCE.withBatchBytes(1024).withBufferBytes(4096).withMaxBlock(Duration.ofDays(1)));
        AtomicInteger sent = new AtomicInteger();
        Future<Void> sender = LogContract.start(() -> {
            for (int i = 0; i < 20; i++) {
                producer.post(record(T0, "x".repeat(1000)));
                sent.incrementAndGet();
            }
            return null;
        });
        arrived.acquire();
        assertThat(sender.isDone()).isFalse();
        assertThat(sent.get()).isLessThan(10);
        gate.release(1_000);
        LogContract.await(sender);
        producer.close();
        assertThat(read(T0)).hasSize(20);
    }

    @Test
    void shouldSayWhatIsFullWhenThereIsNoRoomInTime() {
        log.admin().createTopic(new NewTopic("t", 1));
        closeGate();
        Producer<String, String> producer =
                producer(AT_ONCE.withBatchBytes(1024).withBufferBytes(2048).withMaxBlock(Duration.ZERO));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        producer.post(record(T0, "x".repeat(1000)));
                    }
                })
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("of 2048 bytes are not acknowledged")
                .hasMessageContaining("bufferBytes or maxBlock");
    }

    @Test
    void shouldNotLetRecordsThatLingerBlockTheirOwnBuffer() {
        log.close();
        reopen(Durability.OS);
        log.admin().createTopic(new NewTopic("t", 50));
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT
                .withLinger(Duration.ofDays(1))
                .withBatchBytes(8192)
                .withBufferBytes(8192)
                .withMaxBlock(Duration.ZERO))) {
            for (int i = 0; i < 500; i++) {
                producer.post(record(new TopicPartition("t", i % 50), "x".repeat(500)));
            }
        }
        assertThat(read(T0)).hasSize(10);
    }
}
