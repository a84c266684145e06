package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.inspect.BackupReport;
import io.tailrace.log.inspect.ByteProgress;
import io.tailrace.log.inspect.LogVerify;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;
import io.tailrace.serde.Serdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @TempDir
    private Path directory;

    @Test
    void shouldCopyAnOpenLogWhileItIsUsed() {
        try (EmbeddedLog log = EmbeddedLog.open(directory.resolve("log"));
                Producer<String, String> producer = producer(log)) {
            log.admin().createTopic(new NewTopic("t", 2, Map.of("segment.bytes", "1024")));
            send(producer, 50);
            log.admin().alterCommittedOffsets("g", Map.of(PARTITION, new OffsetAndMetadata(20, "")));
            BackupReport report = log.backup(directory.resolve("copy"));
            assertThat(report.topics()).isEqualTo(2);
            assertThat(report.linkedBytes()).isPositive();
            send(producer, 10); // not in the copy, and does not change it
        }
        assertThat(LogVerify.verify(FileStorage.openExisting(directory.resolve("copy")))
                        .findings())
                .isEmpty();
        try (EmbeddedLog copy = EmbeddedLog.open(directory.resolve("copy"));
                Producer<String, String> producer = producer(copy)) {
            assertThat(copy.admin().committedOffsets("g")).containsEntry(PARTITION, new OffsetAndMetadata(20, ""));
            assertThat(copy.admin().endOffsets(List.of(PARTITION))).containsEntry(PARTITION, 50L);
            send(producer, 30);
        }
        try (EmbeddedLog log = EmbeddedLog.open(directory.resolve("log"))) {
            assertThat(log.admin().endOffsets(List.of(PARTITION))).containsEntry(PARTITION, 60L);
        }
        assertThat(LogVerify.verify(FileStorage.openExisting(directory.resolve("log")))
                        .findings())
                .isEmpty();
        assertThat(LogVerify.verify(FileStorage.openExisting(directory.resolve("copy")))
                        .findings())
                .isEmpty();
    }

    @Test
    void shouldCutBetweenBatchesThatAreAppendedMeanwhile() {
        MemoryStorage target = new MemoryStorage();
        try (EmbeddedLog log = EmbeddedLog.inMemory();
                Producer<String, String> producer = producer(log)) {
            log.admin().createTopic(new NewTopic("t", 1, Map.of("segment.bytes", "1024")));
            send(producer, 20);
            log.backup(target, true, (done, total) -> send(producer, 3));
        }
        assertThat(LogVerify.verify(target).findings()).isEmpty();
        assertThat(LogVerify.verify(target).records()).isEqualTo(20);
    }

    @Test
    void shouldHoldTransactionsAsAWholeOrNotAtAll() {
        MemoryStorage target = new MemoryStorage();
        try (EmbeddedLog log = EmbeddedLog.inMemory();
                Producer<String, String> producer = log.newProducer(
                        ProducerConfig.DEFAULT.withTransactionalId("tx"),
                        Serdes.String().serializer(),
                        Serdes.String().serializer())) {
            log.admin().createTopic(new NewTopic("t", 2));
            producer.initTransactions();
            producer.beginTransaction();
            sendBoth(producer, "first");
            producer.commitTransaction();
            producer.beginTransaction();
            sendBoth(producer, "second");
            boolean[] committed = {false};
            log.backup(target, true, (done, total) -> {
                if (!committed[0]) { // behind the cut, while the files are copied
                    committed[0] = true;
                    sendBoth(producer, "third");
                    producer.commitTransaction();
                }
            });
        }
        assertThat(LogVerify.verify(target).findings()).isEmpty();
        try (EmbeddedLog copy = EmbeddedLog.open(target.reopen(), LogOptions.DEFAULT)) {
            assertThat(committed(copy)).containsExactlyInAnyOrder("0 first", "1 first");
        }
        assertThat(LogVerify.verify(target.reopen()).findings()).isEmpty();
    }

    private static void sendBoth(Producer<String, String> producer, String value) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int partition = 0; partition < 2; partition++) {
            sent.add(producer.send(new ProducerRecord<>("t", partition, "key", value)));
        }
        producer.flush();
        sent.forEach(CompletableFuture::join);
    }

    private static List<String> committed(EmbeddedLog log) {
        List<TopicPartition> partitions = List.of(PARTITION, new TopicPartition("t", 1));
        List<String> values = new ArrayList<>();
        try (var consumer = log.newConsumer(
                ConsumerConfig.DEFAULT
                        .withIsolationLevel(IsolationLevel.READ_COMMITTED)
                        .withAutoOffsetReset(OffsetResetPolicy.EARLIEST),
                Serdes.String().deserializer(),
                Serdes.String().deserializer())) {
            consumer.assign(partitions);
            var ends = log.admin().endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ZERO).forEach(record -> values.add(record.partition() + " " + record.value()));
            }
        }
        return values;
    }

    @Test
    void shouldLeaveATopicOutThatIsDeletedMeanwhile() {
        MemoryStorage target = new MemoryStorage();
        try (EmbeddedLog log = EmbeddedLog.inMemory();
                Producer<String, String> producer = producer(log)) {
            log.admin().createTopic(new NewTopic("a", 1));
            producer.send(new ProducerRecord<>("a", "v")).join();
            send(producer, 2);
            boolean[] deleted = {false};
            log.backup(target, true, (done, total) -> {
                if (!deleted[0]) {
                    deleted[0] = true;
                    log.admin().deleteTopic("t");
                }
            });
        }
        assertThat(LogVerify.verify(target).findings()).isEmpty();
        assertThat(LogVerify.verify(target).topics()).isEqualTo(1);
    }

    @Test
    void shouldRefuseATargetThatIsNotEmptyAndALogThatIsClosed() {
        EmbeddedLog log = EmbeddedLog.inMemory();
        try (Storage target = new MemoryStorage()) {
            target.writeAtomically("holiday.jpg", new byte[1]);
            assertThatThrownBy(() -> log.backup(target, true, ByteProgress.SILENT))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("holiday.jpg");
        }
        log.close();
        assertThatThrownBy(() -> log.backup(new MemoryStorage(), true, ByteProgress.SILENT))
                .isInstanceOf(LogClosedException.class);
    }

    private static Producer<String, String> producer(EmbeddedLog log) {
        return log.newProducer(
                ProducerConfig.DEFAULT,
                Serdes.String().serializer(),
                Serdes.String().serializer());
    }

    private static void send(Producer<String, String> producer, int count) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<?> sent = producer.send(new ProducerRecord<>("t", 0, "key", "value ".repeat(20)));
            producer.flush();
            sent.join();
        }
    }
}
